/** The application: everything between a socket and the database, in the order it is passed. */
import postgres from '@fastify/postgres';
import Fastify from 'fastify';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { keyVerifier } from './api-keys/verify-key.ts';
import { authorize, identify } from './auth/authenticate.ts';
import { developmentRoutes } from './auth/development-routes.ts';
import { type LocalIssuer, localIssuer } from './auth/local-issuer.ts';
import { tokenVerifier } from './auth/tokens.ts';
import type { Config } from './config.ts';
import { customerRoutes } from './customers/routes.ts';
import { createDatabase, type Database } from './database/database.ts';
import { credentialsFor, poolOptions, surviveBrokenConnections } from './database/pool.ts';
import { handleErrors, sendProblem } from './error-handler.ts';
import { healthRoutes, Lifecycle } from './health.ts';
import { BODY_LIMIT, readJsonBodies } from './http/body-parsers.ts';
import { answerClientError } from './http/client-errors.ts';
import { requestId, sayGoodbye, setHeaders } from './http/headers.ts';
import { describeApi, showApi } from './http/openapi.ts';
import { shedLoad } from './http/overload.ts';
import { problemPages } from './http/problem-pages.ts';
import { limitRate } from './http/rate-limit.ts';
import { validatorCompiler } from './http/validation.ts';
import { type Logger, logRequests, quietLogController } from './observability/logger.ts';
import { orderRoutes } from './orders/routes.ts';
import { productRoutes } from './products/routes.ts';
import type { App, Services } from './services.ts';
import type { Settings } from './settings/settings.ts';

export interface Parts {
  readonly config: Config;
  readonly log: Logger;
  readonly settings: Settings;
}

export interface Store {
  readonly app: App;
  readonly db: Database;
  readonly lifecycle: Lifecycle;
  /** Signs tokens in development. */
  readonly issuer: LocalIssuer | undefined;
}

export async function buildApp({ config, log, settings }: Parts): Promise<Store> {
  const app = createServer(config, log);
  handleErrors(app);
  readJsonBodies(app);
  const db = await connect(app, config);
  const lifecycle = new Lifecycle();
  const { auth } = config;
  const issuer = auth.kind === 'local' ? localIssuer(auth.keyFile) : undefined;
  const verifyToken = tokenVerifier(auth.kind === 'remote' ? auth : localSource(issuer));

  // The order of these is the order in which a request is looked at.
  await setHeaders(app, config.corsOrigins);
  sayGoodbye(app, lifecycle);
  logRequests(app);
  await shedLoad(app, config.maxEventLoopDelay);
  identify(app, { verifyToken, verifyKey: keyVerifier(db) });
  await limitRate(app, settings);
  authorize(app);

  await describeApi(app);
  addRoutes(app, { db, settings, currency: config.currency });
  healthRoutes(app, { db, lifecycle });
  if (issuer !== undefined) developmentRoutes(app, issuer);
  await showApi(app, issuer !== undefined);
  return { app, db, lifecycle, issuer };
}

function addRoutes(app: App, services: Services): void {
  productRoutes(app, services);
  orderRoutes(app, services);
  customerRoutes(app, services);
  apiKeyRoutes(app, services);
  problemPages(app);
}

/** Milliseconds a request may take to arrive, and a handler; load balancers give up after 60 s. */
const REQUEST_TIMEOUT = 30_000;
const HANDLER_TIMEOUT = 30_000;

function createServer(config: Config, log: Logger): App {
  const app: App = Fastify({
    loggerInstance: log,
    logController: quietLogController,
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    handlerTimeout: HANDLER_TIMEOUT,
    // Hop 0 is the connection itself: with no proxy in front the header never counts.
    trustProxy: (_address, hop) => hop < config.trustedProxyHops,
    // Requests on their way are answered; connections without one are closed.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    // An id of any length reaches the schema, which says what is wrong with it.
    routerOptions: { maxParamLength: 16_384 },
  });
  return app.setValidatorCompiler(validatorCompiler);
}

async function connect(app: App, { database }: Config): Promise<Database> {
  const credentials = credentialsFor(database);
  await app.register(postgres, poolOptions(database, credentials));
  surviveBrokenConnections(app.pg.pool, app.log);
  return createDatabase(app.pg.pool, credentials);
}

function localSource(issuer: LocalIssuer | undefined) {
  if (issuer === undefined) throw new Error('there is no issuer');
  return issuer.source;
}
