/**
 * All that a service needs around it, on loopback and as in production: a database that was migrated
 * by its owner, its login in a secret, an issuer of tokens, a document of settings.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOwnerConfig } from '../../service/config.ts';
import { secretsManager } from '../../service/database/secret-store.ts';
import { migrate } from '../../service/migrate.ts';
import { createLogger } from '../../service/observability/logger.ts';
import type { SettingsDocument } from '../../service/settings/settings.ts';
import { bundle } from '../image/bundle.ts';
import { type AwsStandIn, startAwsStandIn } from '../../service/testing/aws-stand-in.ts';
import { CLIENT_ID, type Issuer, startIssuer } from './issuer.ts';
import { type OwnPostgres, startPostgres } from './postgres.ts';
import { connected } from '../../service/testing/template-database.ts';

export interface Home {
  readonly postgres: OwnPostgres;
  /** The store's database, as its superuser. */
  readonly databaseUrl: string;
  readonly aws: AwsStandIn;
  readonly issuer: Issuer;
  /** Takes log files and the like; goes with the home. */
  readonly folder: string;
  /** What the image holds, put together anew. */
  readonly program: string;
  /** Of a service in its production configuration, all but its port. */
  readonly serviceVariables: NodeJS.ProcessEnv;
  /** Of the tasks that work as the database's owner: migration and rotation. */
  readonly ownerVariables: NodeJS.ProcessEnv;
  /** What services read at their start and every 30 s. A text is written as it is, broken or not. */
  writeSettings(document: Partial<SettingsDocument> | string): Promise<void>;
  close(): Promise<void>;
}

/** What the master user of RDS is: no superuser, but one who may make roles. */
const OWNER = 'store_owner';
/** The server is reached from this machine only, and ends with the home. */
const PASSWORD = 'only-on-loopback';

/** @param settings of PostgreSQL, `name=value`. @default the server's own */
export async function openHome(settings: readonly string[] = []): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'loopback-'));
  const program = join(folder, 'image');
  // Each ends with the home, also where the next one cannot begin.
  const begun = new AsyncDisposableStack();
  const close = () => begun.disposeAsync();
  begun.defer(() => rm(folder, { recursive: true, force: true }));
  try {
    const postgres = begun.adopt(await startPostgres(settings), (server) => server.close());
    const aws = begun.adopt(await startAwsStandIn(), (standIn) => standIn.stop());
    const issuer = begun.adopt(await startIssuer(), (server) => server.close());
    const [database] = await Promise.all([makeDatabase(postgres, aws), bundle(program)]);
    const settingsFile = join(folder, 'settings.json');
    const home: Home = {
      postgres,
      aws,
      issuer,
      folder,
      program,
      databaseUrl: urlOf(postgres.url, 'store'),
      serviceVariables: { ...database, ...productionVariables(issuer, settingsFile) },
      ownerVariables: { ...database, DATABASE_MASTER_SECRET_ID: 'master' },
      writeSettings: (document) =>
        writeFile(settingsFile, typeof document === 'string' ? document : JSON.stringify(document)),
      close,
    };
    await home.writeSettings({ rateLimitPerMinute: 1_000_000 });
    await migrate(loadOwnerConfig(home.ownerVariables), secretsManager(), createLogger('silent'));
    return home;
  } catch (error) {
    await close();
    throw error;
  }
}

/** @returns the variables that say where it is, those of AWS included */
async function makeDatabase({ url }: OwnPostgres, aws: AwsStandIn): Promise<NodeJS.ProcessEnv> {
  await connected(url, async (superuser) => {
    await superuser.query(`CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD '${PASSWORD}'`);
    await superuser.query(`CREATE DATABASE store OWNER ${OWNER}`);
  });
  aws.secrets.set('master', JSON.stringify({ username: OWNER, password: PASSWORD }));
  const { hostname, port } = new URL(url);
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([key]) => key.startsWith('AWS_'))),
    DATABASE_SECRET_ID: 'application',
    DATABASE_HOST: hostname,
    DATABASE_PORT: port,
    DATABASE_NAME: 'store',
  };
}

function productionVariables({ url }: Issuer, settingsFile: string): NodeJS.ProcessEnv {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    AUTH_ISSUER: url,
    AUTH_CLIENT_IDS: CLIENT_ID,
    // On loopback nobody is on the way.
    AUTH_ALLOW_HTTP_ISSUER: 'true',
    SETTINGS_FILE: settingsFile,
  };
}

function urlOf(serverUrl: string, database: string): string {
  return Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
}
