/** An order whose statement hangs in the database, until it is freed. */
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Visit } from '../../loopback/visitors.ts';
import type { StoreInUse } from './store-in-use.ts';

interface SlowOrder {
  /** The same order with the same key each time. */
  send(): Promise<Visit>;
  /** Now it goes through. */
  free(): Promise<void>;
}

/** Orders with this note wait for longer than a statement may take. */
const NOTE = 'hangs';
const TRAP = `
  CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN PERFORM pg_sleep(30); RETURN NEW; END $$;
  CREATE TRIGGER hang BEFORE INSERT ON orders
    FOR EACH ROW WHEN (NEW.note = '${NOTE}') EXECUTE FUNCTION hang()`;

export async function orderThatHangs(
  { home, service }: StoreInUse,
  superuser: Client,
  productId: string,
): Promise<SlowOrder> {
  await superuser.query(TRAP);
  const key = randomUUID();
  const request = {
    method: 'POST',
    headers: {
      authorization: home.issuer.authorization(),
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ lines: [{ productId, quantity: 1 }], note: NOTE }),
  };
  return {
    async send() {
      const at = performance.now();
      const { status, headers, body } = await fetch(`${service.url}/v1/orders`, request);
      await body?.cancel();
      return {
        operation: 'order',
        key,
        at,
        milliseconds: performance.now() - at,
        status,
        contentType: headers.get('content-type'),
        retryAfter: headers.get('retry-after'),
      };
    },
    async free() {
      await superuser.query('DROP FUNCTION hang CASCADE');
    },
  };
}
