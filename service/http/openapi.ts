/** The API document (OpenAPI 3.1), made from the schemas of the routes, and the page that shows it. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { PROJECT } from '../../contract.ts';
import type { ProblemKind } from '../problem.ts';
import { failures, problemExamples } from './answers.ts';
import { components } from './schemas.ts';

/** Version of the contract; it rises when something is added. */
const API_VERSION = '1.0.0';

const TAGS = [
  { name: 'products', description: 'The catalogue and the ledger of its stock' },
  { name: 'orders', description: 'From placed to delivered, or back' },
  { name: 'customers', description: 'Profiles; a customer is the subject of an access token' },
  { name: 'api-keys', description: 'Keys for machines' },
  { name: 'errors', description: 'What errors mean' },
  { name: 'operators', description: 'For operators and load balancers; no front door shows them' },
  { name: 'development', description: 'Never in production' },
];

export async function describeApi(app: FastifyInstance): Promise<void> {
  for (const schema of components.values()) app.addSchema(schema);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: PROJECT,
        version: API_VERSION,
        description: 'A store: products, orders, customers. Every error is explained at /problems.',
      },
      tags: TAGS,
      components: {
        examples: problemExamples(),
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          apiKey: {
            type: 'apiKey',
            in: 'header',
            name: 'authorization',
            description: '`ApiKey <key>`',
          },
        },
      },
    },
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, i) =>
        typeof $id === 'string' ? $id : `def-${i}`,
    },
    transform: ({ schema, url, route }) => {
      const { access } = route.config ?? {};
      const open = access === undefined || access.anyone === true;
      const { problems = [], ...rest } = schema as FastifySchema & { problems?: ProblemKind[] };
      return {
        url,
        schema: {
          ...withDefaultsOptional(rest),
          response: { ...(rest.response as object), ...failures(problems) },
          security: open ? [] : [{ bearer: [] }, { apiKey: [] }],
        },
      };
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

/** The service fills in what has a default: whoever sends a request may leave it out. */
function withDefaultsOptional(schema: FastifySchema): FastifySchema {
  const parts = Object.entries(schema).filter(
    ([part]) => part === 'body' || part === 'querystring',
  );
  return {
    ...schema,
    ...Object.fromEntries(parts.map(([part, said]) => [part, optional(said as Described)])),
  };
}

interface Described {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { default?: unknown }>>;
}

function optional(described: Described): Described {
  const { required, properties = {} } = described;
  if (required === undefined) return described;
  const needed = required.filter((name) => properties[name]?.default === undefined);
  return { ...described, required: needed };
}

/** @param signIn whether `/dev/token` is there to sign in with */
export async function showApi(app: FastifyInstance, signIn: boolean): Promise<void> {
  const js = signIn ? [{ filename: 'sign-in.js', content: SIGN_IN }] : [];
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { persistAuthorization: true, displayRequestDuration: true, tryItOutEnabled: true },
    // Without the bar that bears another project's name.
    theme: {
      title: PROJECT,
      js,
      css: [{ filename: 'bar.css', content: '.topbar { display: none }' }],
    },
  });
}

/** Buttons that sign in as one of the demo people: runs in the browser, in development only. */
const SIGN_IN = `
// The page keeps what it makes to itself; it is made once everything is loaded.
const make = window.SwaggerUIBundle;
let ui;
window.SwaggerUIBundle = Object.assign((options) => (ui = make(options)), make);
for (const person of ['customer', 'admin']) {
  const button = document.createElement('button');
  button.textContent = 'Sign in as ' + person;
  button.className = 'sign-in';
  button.style.cssText = 'margin:8px;padding:8px 12px;cursor:pointer';
  button.onclick = async () => {
    const response = await fetch('/dev/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person }),
    });
    const { accessToken } = await response.json();
    ui.preauthorizeApiKey('bearer', accessToken);
    for (const other of document.querySelectorAll('.sign-in')) other.style.fontWeight = 'normal';
    button.style.fontWeight = 'bold';
  };
  document.body.prepend(button);
}
`;
