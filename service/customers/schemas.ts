import { type Static, Type } from 'typebox';
import { PageOf } from '../http/page.ts';
import { Address, component, Id, Nullable, ref, Strict, Text, Time } from '../http/schemas.ts';

const Email = Type.String({ maxLength: 254, format: 'email', examples: ['ada@example.com'] });

export const Customer = component(
  'Customer',
  Strict({
    id: { ...Id, description: "The token's subject" },
    name: Nullable(Type.String({ examples: ['Ada Lovelace'] })),
    email: Nullable(Type.String({ examples: ['ada@example.com'] })),
    address: Nullable(ref(Address)),
    version: Type.Integer({ description: 'Also the ETag', examples: [1] }),
    createdAt: Time,
    updatedAt: Time,
  }),
);
export type Customer = Static<typeof Customer>;

export const Profile = Strict({
  name: Text(1, 255, { examples: ['Ada Lovelace'] }),
  email: Email,
  address: Type.Optional(ref(Address)),
});
export type Profile = Static<typeof Profile>;

export const CustomerPage = PageOf('Customer', Customer);
