/** Every environment, side by side: what is not said here is the same everywhere. */
import type { Settings } from './settings.ts';

/** Of the template: it synthesises, and whoever deploys it is refused. */
export const TEMPLATE_ACCOUNT = '000000000000';

/** Where the code is, for the tags. */
export const REPOSITORY = 'fargate-store';

type Size = Pick<Settings, 'identity' | 'service' | 'door'> & {
  readonly network: Omit<Settings['network'], 'cidr'>;
  readonly database: Settings['database'];
};

/** Cheap: one of everything, on Spot. A lost zone or a taken-back task is minutes of outage. */
const lean = {
  network: { zones: ['a', 'b'], egress: 'nat-single', flowLogDays: 7 },
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
  door: {
    address: { plainHttpExposesTokens: true },
    accessLogDays: 0,
    firewall: { requestsPer5Minutes: 1000, countOnly: [], logDays: 7 },
  },
} satisfies Size;

/** As production works, but smaller: two tasks, one NAT gateway, one database. */
const standard = {
  ...lean,
  database: {
    ...lean.database,
    instanceClass: 'db.t4g.small',
    maxStorageGb: 100,
    backupDays: 7,
    logDays: 30,
  },
  service: {
    ...lean.service,
    cpu: 512,
    memoryMb: 1024,
    minTasks: 2,
    maxTasks: 4,
    spotPercent: 0,
    logDays: 30,
  },
  door: {
    ...lean.door,
    // The integration tests send about 1,500 from one address.
    firewall: { ...lean.door.firewall, requestsPer5Minutes: 3000 },
  },
} satisfies Size;

/** A zone may be lost: three of them, each with its own way out, and a standby database. */
const resilient = {
  ...standard,
  network: { zones: ['a', 'b', 'c'], egress: 'nat-per-zone', flowLogDays: 90 },
  identity: { ...standard.identity, threatProtection: true },
  database: {
    ...standard.database,
    instanceClass: 'db.m7g.large',
    multiAz: true,
    storageGb: 50,
    maxStorageGb: 500,
    backupDays: 30,
    logDays: 90,
  },
  service: {
    ...standard.service,
    cpu: 1024,
    memoryMb: 2048,
    maxTasks: 10,
    poolSize: 10,
    logDays: 90,
  },
  door: {
    ...standard.door,
    accessLogDays: 90,
    firewall: { ...standard.door.firewall, requestsPer5Minutes: 1000, logDays: 90 },
  },
} satisfies Size;

const everywhere = {
  accountId: TEMPLATE_ACCOUNT,
  region: 'eu-central-1',
  owner: 'store-team',
  costCenter: 'store',
  platform: { door: 'alb', compute: 'fargate', deployment: 'rolling' },
} satisfies Partial<Settings>;

const table = {
  dev: {
    ...everywhere,
    ...lean,
    production: false,
    dataMayBeLost: true,
    network: { ...lean.network, cidr: '10.10.0.0/16' },
  },
  staging: {
    ...everywhere,
    ...standard,
    production: false,
    dataMayBeLost: false,
    network: { ...standard.network, cidr: '10.20.0.0/16' },
    door: {
      ...standard.door,
      address: { domainName: 'staging.store.example.com', zoneId: 'Z00000000000000000000' },
    },
  },
  prod: {
    ...everywhere,
    ...resilient,
    production: true,
    dataMayBeLost: false,
    network: { ...resilient.network, cidr: '10.30.0.0/16' },
    door: {
      ...resilient.door,
      address: { domainName: 'store.example.com', zoneId: 'Z00000000000000000000' },
    },
  },
} satisfies Record<string, Settings>;

export const environments: Readonly<Record<string, Settings>> = table;
