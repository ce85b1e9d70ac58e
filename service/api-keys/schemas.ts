import { type Static, Type } from 'typebox';
import { SCOPES } from '../auth/principal.ts';
import { PageOf } from '../http/page.ts';
import { component, Id, Nullable, Strict, Text, Time } from '../http/schemas.ts';

const Scopes = Type.Array(Type.Enum([...SCOPES]), {
  minItems: 1,
  uniqueItems: true,
  maxItems: SCOPES.length,
  examples: [['orders:read', 'orders:write']],
});

export const NewApiKey = Strict({
  name: Text(1, 255, { examples: ['warehouse'] }),
  scopes: Scopes,
  expiresAt: Type.Optional({
    ...Time,
    description: 'In the future; without it the key never expires',
  }),
});

const properties = {
  id: Id,
  name: Type.String({ examples: ['warehouse'] }),
  scopes: Scopes,
  prefix: Type.String({ description: 'How the key begins', examples: ['store_Xa81kQ'] }),
  createdAt: Time,
  expiresAt: Nullable(Time),
  lastUsedAt: { ...Nullable(Time), description: 'To the minute' },
};

export const ApiKey = component('ApiKey', Strict(properties));
export type ApiKey = Static<typeof ApiKey>;

export const CreatedApiKey = component(
  'CreatedApiKey',
  Strict({
    ...properties,
    key: Type.String({
      description: 'Shown here only; kept as a hash',
      examples: ['store_Xa81kQ5yTzZ0m4b7w1n3c6v9x2z5q8r0t3u6i9o2p5'],
    }),
  }),
);

export const ApiKeyPage = PageOf('ApiKey', ApiKey);
