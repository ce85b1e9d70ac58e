/** Environments that are no shop's: tests hold whatever an owner writes into environments.ts. */
import type { Settings } from '../settings.ts';

const dev = {
  accountId: '000000000000',
  region: 'eu-central-1',
  owner: 'store-team',
  costCenter: 'store',
  production: false,
  dataMayBeLost: true,
  network: { cidr: '10.10.0.0/16', zones: ['a', 'b'], egress: 'nat-single', flowLogDays: 7 },
  identity: { selfSignUp: true, mfa: 'optional', threatProtection: false, loginPages: true },
  database: {
    instanceClass: 'db.t4g.micro',
    multiAz: false,
    storageGb: 20,
    maxStorageGb: 50,
    backupDays: 1,
    insights: 'standard',
    masterRotationDays: 30,
    rotationDays: 30,
    logDays: 7,
  },
  service: {
    architecture: 'ARM64',
    cpu: 256,
    memoryMb: 512,
    minTasks: 1,
    maxTasks: 2,
    spotPercent: 100,
    requestsPerTask: 3000,
    poolSize: 5,
    currency: 'EUR',
    corsOrigins: [],
    logDays: 7,
  },
  platform: { door: 'alb', compute: 'fargate', deployment: 'rolling' },
  door: {
    address: { plainHttpExposesTokens: true },
    accessLogDays: 0,
    firewall: { requestsPer5Minutes: 1000, countOnly: [], logDays: 7 },
  },
} satisfies Settings;

const staging = {
  ...dev,
  dataMayBeLost: false,
  network: { ...dev.network, cidr: '10.20.0.0/16' },
  database: {
    ...dev.database,
    instanceClass: 'db.t4g.small',
    maxStorageGb: 100,
    backupDays: 7,
    logDays: 30,
  },
  service: {
    ...dev.service,
    cpu: 512,
    memoryMb: 1024,
    minTasks: 2,
    maxTasks: 4,
    spotPercent: 0,
    logDays: 30,
  },
  door: {
    ...dev.door,
    address: { domainName: 'staging.store.example.com', zoneId: 'Z00000000000000000000' },
  },
} satisfies Settings;

const prod = {
  ...staging,
  production: true,
  network: {
    cidr: '10.30.0.0/16',
    zones: ['a', 'b', 'c'],
    egress: 'nat-per-zone',
    flowLogDays: 90,
  },
  // Otherwise the project's name would be in the snapshot of production, as a hash.
  identity: { ...dev.identity, threatProtection: true, loginPrefix: 'our-store' },
  database: {
    ...staging.database,
    instanceClass: 'db.m7g.large',
    multiAz: true,
    storageGb: 50,
    maxStorageGb: 500,
    backupDays: 30,
    logDays: 90,
  },
  service: {
    ...staging.service,
    cpu: 1024,
    memoryMb: 2048,
    maxTasks: 10,
    poolSize: 10,
    logDays: 90,
  },
  door: {
    address: { domainName: 'store.example.com', zoneId: 'Z00000000000000000000' },
    accessLogDays: 90,
    firewall: { ...dev.door.firewall, logDays: 90 },
  },
} satisfies Settings;

export const someTable = { dev, staging, prod };
