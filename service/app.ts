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
import { Pipeline } from './database/pipeline.ts';
import { credentialsFor, poolOptions, surviveBrokenConnections } from './database/pool.ts';
import { handleErrors, sendProblem } from './error-handler.ts';
import { healthRoutes, Lifecycle } from './health.ts';
import { BODY_LIMIT, readJsonBodies } from './http/body-parsers.ts';
import { Compilers } from './http/compilers.ts';
import { answerClientError } from './http/client-errors.ts';
import { requestId, sayGoodbye, setHeaders } from './http/headers.ts';
import { describeApi, showApi } from './http/openapi.ts';
import { shedLoad } from './http/overload.ts';
import { problemPages } from './http/problem-pages.ts';
import { limitRate } from './http/rate-limit.ts';
import { type Logger, logRequests, quietLogController } from './observability/logger.ts';
import { requestLog } from './observability/request-log.ts';
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
  readonly compilers: Compilers;
  /** Signs tokens in development. */
  readonly issuer: LocalIssuer | undefined;
}

export async function buildApp({ config, log, settings }: Parts): Promise<Store> {
  const compilers = new Compilers();
  const app = createServer(config, log, compilers);
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
  return { app, db, lifecycle, issuer, compilers };
}

function addRoutes(app: App, services: Services): void {
  productRoutes(app, services);
  orderRoutes(app, services);
  customerRoutes(app, services);
  apiKeyRoutes(app, services);
  problemPages(app);
}

/**
 * Milliseconds a request may take to arrive, its headers alone, and a handler, which counts from the
 * headers on; load balancers give up after 60 s. Node takes the longer of the first two for the
 * whole request, and looks every 30 s unless told otherwise.
 */
const REQUEST_TIMEOUT = 20_000;
const HEADERS_TIMEOUT = 10_000;
const HANDLER_TIMEOUT = 30_000;
const LOOK_FOR_SLOW_CLIENTS = 1000;

function createServer(config: Config, log: Logger, compilers: Compilers): App {
  const app: App = Fastify({
    loggerInstance: log,
    schemaController: compilers.schemaController,
    logController: quietLogController,
    childLoggerFactory: requestLog,
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: LOOK_FOR_SLOW_CLIENTS },
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
  compilers.checkRequestsOf(app);
  return app;
}

async function connect(app: App, { database }: Config): Promise<Database> {
  const credentials = credentialsFor(database);
  await app.register(postgres, poolOptions(database, credentials));
  const { pool } = app.pg;
  surviveBrokenConnections(pool, app.log);
  if (!database.pipeline) return createDatabase(pool, credentials);
  const pipeline = new Pipeline(pool, app.log, credentials);
  // Behind the plugin's own, so it runs before: the pool's end waits for what is lent.
  app.addHook('onClose', async () => pipeline.close());
  return createDatabase(pool, credentials, pipeline);
}

function localSource(issuer: LocalIssuer | undefined) {
  if (issuer === undefined) throw new Error('there is no issuer');
  return issuer.source;
}
