/** Every setting of an environment, its form, and what it means. Checked at type check and at synth. */
import { type Static, Type } from 'typebox';
import { Door } from './door-settings.ts';
import { GitHub } from './github-settings.ts';
import { AccountId, Cidr, closed, Days, Flag, LogDays, Region, Tag } from './setting-kinds.ts';

const Network = Type.Object(
  {
    cidr: Cidr,
    /** Availability zones by letter, first to last; a third may be added later, none moves. */
    zones: Type.Array(
      Type.String({ pattern: '^[a-f]$', description: 'the letter of a zone, a to f' }),
      { minItems: 2, maxItems: 3, description: "two or three zone letters, such as ['a', 'b']" },
    ),
    /** How tasks reach AWS. Each NAT gateway costs about 35 $ a month and its traffic. */
    egress: Type.Enum(['nat-single', 'nat-per-zone', 'endpoints'], {
      description: "'nat-single', 'nat-per-zone' or 'endpoints'",
    }),
    flowLogDays: LogDays,
  },
  closed,
);

const Email = Type.Object(
  {
    from: Type.String({
      pattern: '^([^<>]+<)?[^<>@ ]+@[^<>@ ]+>?$',
      description: 'a sender, such as Store <no-reply@store.example.com>',
    }),
    /** Verified in SES, in the same account; out of SES's sandbox for real customers. */
    sesIdentityArn: Type.String({
      pattern: '^arn:aws:ses:[a-z0-9-]+:\\d{12}:identity/.+$',
      description: 'arn:aws:ses:<region>:<account>:identity/<domain or address>',
    }),
  },
  closed,
);

const Identity = Type.Object(
  {
    selfSignUp: Flag('whether anybody may open an account, or only an administrator'),
    mfa: Type.Enum(['off', 'optional'], { description: "'off' or 'optional' (one-time codes)" }),
    /**
     * Risky sign-ins are refused, and leaked passwords where Cognito sees them (not with SRP).
     * Needs its Plus tier, paid per user.
     */
    threatProtection: Flag('whether Cognito blocks leaked passwords and risky sign-ins'),
    /** Sender of codes and invitations. @default Cognito's own, which sends a few dozen a day */
    email: Type.Optional(Email),
    /** Cognito's pages for signing in. A pool with them cannot be reached through endpoints. */
    loginPages: Flag('whether Cognito serves pages for signing in'),
    /** First part of the pages' host name. @default `<environment>-<8 hex digits of the account>` */
    loginPrefix: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$',
        description: 'a host name of a to z, 0 to 9 and -, 63 characters at most',
      }),
    ),
  },
  closed,
);

const Database = Type.Object(
  {
    instanceClass: Type.String({
      pattern: '^db\\.[a-z0-9]+\\.[a-z0-9]+$',
      description: 'an RDS instance class, such as db.t4g.micro',
    }),
    multiAz: Flag('whether a standby in another zone takes over'),
    storageGb: Type.Integer({ minimum: 20, maximum: 16_384, description: 'GiB, 20 to 16384' }),
    /** Storage grows by itself up to here. */
    maxStorageGb: Type.Integer({ minimum: 22, maximum: 65_536, description: 'GiB, 22 to 65536' }),
    backupDays: Days(35),
    /** `advanced` keeps 15 months of figures instead of 7 days, and is paid per vCPU. */
    insights: Type.Enum(['standard', 'advanced'], { description: "'standard' or 'advanced'" }),
    /** How often RDS changes the owner's password. */
    masterRotationDays: Days(365),
    /** How often the application's login is changed. */
    rotationDays: Days(365),
    logDays: LogDays,
  },
  closed,
);

const Service = Type.Object(
  {
    architecture: Type.Enum(['ARM64', 'X86_64'], { description: "'ARM64' or 'X86_64'" }),
    /** CPU units; 1024 are one vCPU. */
    cpu: Type.Enum([256, 512, 1024, 2048, 4096], {
      description: 'CPU units that Fargate knows: 256, 512, 1024, 2048 or 4096',
    }),
    memoryMb: Type.Integer({
      minimum: 512,
      maximum: 30_720,
      description: 'MiB that Fargate offers with this cpu, 512 to 30720',
    }),
    minTasks: Type.Integer({ minimum: 1, maximum: 100, description: 'tasks, 1 to 100' }),
    maxTasks: Type.Integer({ minimum: 1, maximum: 100, description: 'tasks, minTasks to 100' }),
    /** Share of the tasks on Spot, which AWS may take back with two minutes' notice. */
    spotPercent: Type.Integer({ minimum: 0, maximum: 100, description: 'percent, 0 to 100' }),
    /** More requests a minute for each task than this start another task. */
    requestsPerTask: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'requests a minute for each task, 1 to 1000000',
    }),
    /** Connections to the database for each task. */
    poolSize: Type.Integer({ minimum: 1, maximum: 100, description: 'connections, 1 to 100' }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'a currency such as EUR' }),
    /** Web pages of other origins that may call the API. */
    corsOrigins: Type.Array(
      Type.String({
        pattern: '^https?://[^/ ]+$',
        description: 'an origin: https://shop.example.com',
      }),
      { description: "origins, such as ['https://shop.example.com'], or []" },
    ),
    logDays: LogDays,
  },
  closed,
);

/** Exactly the combinations that are rehearsed; adding one means adding its rehearsal. */
const Platform = Type.Object(
  {
    door: Type.Enum(['alb'], { description: "'alb'" }),
    compute: Type.Enum(['fargate'], { description: "'fargate'" }),
    deployment: Type.Enum(['rolling'], { description: "'rolling'" }),
  },
  closed,
);

export const SettingsSchema = Type.Object(
  {
    accountId: AccountId,
    region: Region,
    /** Sets a second copy apart that lives in the same account. */
    suffix: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9]{1,8}$',
        description: 'up to 8 characters of a to z, 0 to 9',
      }),
    ),
    owner: Tag('who answers for it'),
    costCenter: Tag('who pays for it'),
    production: Flag('whether real customers depend on it'),
    /** No deletion protection, no final snapshot, buckets and images deleted when not empty. */
    dataMayBeLost: Flag('whether destroying it may destroy its data'),
    network: Network,
    identity: Identity,
    database: Database,
    service: Service,
    platform: Platform,
    door: Door,
    /** Whose pipelines may plan and apply it. @default nobody's */
    github: Type.Optional(GitHub),
  },
  closed,
);

type Form = Static<typeof SettingsSchema>;
export type Domain = Extract<Form['door']['address'], { readonly domainName: string }>;

/** What production is not free to choose, as types; rules/production-rules.ts says it again, and more. */
interface Production {
  readonly production: true;
  readonly dataMayBeLost: false;
  readonly database: { readonly multiAz: true };
  readonly door: { readonly address: Domain };
}

export type Settings = Form & (Production | { readonly production: false });
export type Egress = Form['network']['egress'];
export type FirewallRule = Form['door']['firewall']['countOnly'][number];
