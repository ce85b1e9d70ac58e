/** `/dev`: tokens for the asking. Exists only with the local issuer, so never in production. */
import { Type } from 'typebox';
import { answer, BODY } from '../http/answers.ts';
import { component, Id, Strict, Time } from '../http/schemas.ts';
import type { App } from '../services.ts';
import { DEMO_PEOPLE, type LocalIssuer } from './local-issuer.ts';

const TokenRequest = Type.Union(
  [
    Strict({ person: Type.Enum(['customer', 'admin']) }),
    Strict({
      sub: Id,
      groups: Type.Optional(
        Type.Array(Type.String({ maxLength: 128 }), { maxItems: 10, examples: [['admins']] }),
      ),
      expiresIn: Type.Optional(
        Type.Integer({
          minimum: -86_400,
          maximum: 2_592_000,
          examples: [3600],
          description: 'Seconds; negative for a token that has expired',
        }),
      ),
    }),
  ],
  { examples: [{ person: 'customer' }, { person: 'admin' }] },
);

const DevelopmentToken = component(
  'DevelopmentToken',
  Type.Object({
    accessToken: Type.String({ examples: ['eyJhbGciOiJSUzI1NiJ9.e30.c2ln'] }),
    expiresAt: Time,
  }),
);

/** Seconds: a working day, so that what `npm start` prints lasts. */
const DEMO_LIFETIME = 43_200;

export function developmentRoutes(app: App, issuer: LocalIssuer): void {
  app.post(
    '/dev/token',
    {
      schema: {
        operationId: 'createDevelopmentToken',
        summary: 'A token for one of the demo people, or for anyone',
        tags: ['development'],
        body: TokenRequest,
        response: { 200: answer(DevelopmentToken, 'The token') },
        problems: [...BODY],
      },
    },
    async ({ body }) =>
      issuer.token(
        'person' in body ? { ...DEMO_PEOPLE[body.person], expiresIn: DEMO_LIFETIME } : body,
      ),
  );
  app.get(
    '/dev/jwks.json',
    {
      schema: {
        operationId: 'listDevelopmentKeys',
        summary: 'The public keys of the local issuer',
        tags: ['development'],
        response: {
          200: Type.Object(
            { keys: Type.Array(Type.Object({}, { additionalProperties: true })) },
            { description: 'A JSON Web Key Set (RFC 7517)' },
          ),
        },
      },
    },
    async () => issuer.jwks,
  );
}
