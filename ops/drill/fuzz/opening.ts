/** A store with something in it, and somebody of each kind who may ask. */
import { v7 as uuidv7 } from 'uuid';
import { ask, newClient } from '../../loopback/ask.ts';
import type { Home } from '../../loopback/home.ts';
import { fillShelves } from '../../loopback/shelves.ts';
import { Known } from './known.ts';
import type { Sender } from './send.ts';

export async function openSender({ databaseUrl, issuer }: Home, url: string): Promise<Sender> {
  const [customer, other, admin] = [uuidv7(), uuidv7(), uuidv7()];
  const client = newClient();
  const asAdmin = issuer.authorization(admin, ['admins']);
  const made = await ask(client, url, {
    method: 'POST',
    path: '/v1/api-keys',
    headers: [
      ['authorization', asAdmin],
      ['content-type', 'application/json'],
    ],
    body: JSON.stringify({
      name: 'fuzz',
      scopes: ['products:write', 'orders:read', 'orders:write'],
    }),
  });
  const { key } = JSON.parse(made.body) as { key: string };
  const stocked = await fillShelves(databaseUrl, { products: 10 });
  return {
    url,
    client,
    known: new Known(stocked, { customer, 'other customer': other, admin }),
    credentials: {
      customer: issuer.authorization(customer),
      'other customer': issuer.authorization(other),
      admin: asAdmin,
      machine: `ApiKey ${key}`,
    },
  };
}
