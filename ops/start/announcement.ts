/** What `npm start` says when the store is up: where it is, and lines to paste that try it. */
import { randomUUID } from 'node:crypto';
import { DEMO_PEOPLE, type LocalIssuer } from '../../service/auth/local-issuer.ts';
import { listProducts } from '../../service/products/list-products.ts';
import type { RunningStore } from '../../service/server.ts';

/** Seconds: a working day. */
const TOKEN_LIFETIME = 43_200;

export async function announcement({ db, issuer, url }: RunningStore): Promise<string> {
  const { items } = await listProducts(db.read, { limit: 100, sort: 'newest' });
  const inStock = items.find(({ stock }) => stock > 0);
  const list = curl(`${url}/v1/products?limit=3`);
  const order = inStock === undefined ? [] : [curl(`${url}/v1/orders`, orderOf(inStock.id))];
  const orders = curl(`${url}/v1/orders`, AS_CUSTOMER);
  // With an issuer elsewhere (AUTH_ISSUER) the tokens come from there.
  const lines = issuer === undefined ? [list] : [...exportsOf(issuer), list, ...order, orders];
  return `
Store: ${url}
API:   ${url}/docs

To try it, paste these lines into another terminal; the tokens last 12 hours:

${lines.join('\n')}
`;
}

function exportsOf(issuer: LocalIssuer): string[] {
  return (['customer', 'admin'] as const).map((person) => {
    const { accessToken } = issuer.token({ ...DEMO_PEOPLE[person], expiresIn: TOKEN_LIFETIME });
    return `export ${person.toUpperCase()}_TOKEN=${accessToken}`;
  });
}

const AS_CUSTOMER = ['-H "authorization: Bearer $CUSTOMER_TOKEN"'];

/** Pasted twice it is the same order: the key says so. */
function orderOf(productId: string): string[] {
  return [
    ...AS_CUSTOMER,
    "-H 'content-type: application/json'",
    `-H 'idempotency-key: ${randomUUID()}'`,
    `-d '${JSON.stringify({ lines: [{ productId, quantity: 1 }] })}'`,
  ];
}

/** One line, so that pasting cannot tear it; the answer ends with a line break. */
function curl(url: string, options: readonly string[] = []): string {
  return [String.raw`curl -sS -w '\n'`, ...options, `'${url}'`].join(' ');
}
