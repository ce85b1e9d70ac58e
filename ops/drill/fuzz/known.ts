/** What exists in the store, as far as answers told: later requests are about it. */
import { v7 as uuidv7 } from 'uuid';
import type { Kind } from './marks.ts';
import type { Caller } from './request.ts';

interface Thing {
  readonly id: string;
  readonly version?: number;
  readonly status?: string;
  readonly customerId?: string;
  /** Of products only. */
  readonly archivedAt?: string | null;
}

interface List {
  readonly items: readonly Thing[];
  readonly nextCursor: string | null;
}

/** Things remembered of each kind; the oldest is forgotten first. */
const REMEMBERED = 200;
/** Next pages remembered for each caller. */
const PAGES = 20;

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly caller: Caller;
}

export class Known {
  readonly #products = new Map<string, Thing>();
  readonly #orders = new Map<string, Thing>();
  readonly #customers = new Map<string, Thing>();
  readonly #keys = new Map<string, Thing>();
  readonly #pages = new Map<Caller, string[]>();
  readonly #stocked: readonly string[];
  readonly #people: Readonly<Partial<Record<Caller, string>>>;
  /** What the request is about, whose ETag is meant. */
  #subject: string | undefined;

  /** @param stocked products that are never archived and always in stock */
  constructor(stocked: readonly string[], people: Readonly<Partial<Record<Caller, string>>>) {
    this.#stocked = stocked;
    this.#people = people;
    for (const id of Object.values(people)) remember(this.#customers, { id });
  }

  /** Call it for the path first: an ETag is that of what the path names. */
  find(kind: Kind, n: number, state: string, caller: Caller): string {
    if (kind === 'stocked') return this.#stocked[n % this.#stocked.length] ?? uuidv7();
    if (kind === 'etag') return this.#etag(caller);
    if (kind === 'page') return nth(this.#pages.get(caller) ?? [], n) ?? '/v1/products';
    if (kind === 'cursor') return forge(nth([...this.#pages.values()].flat(), n), n);
    const things = this.#choice(kind, state, caller);
    const id = nth(things, n)?.id ?? uuidv7();
    this.#subject = id;
    return id;
  }

  forgetSubject(): void {
    this.#subject = undefined;
  }

  #choice(kind: Kind, state: string, caller: Caller): Thing[] {
    if (kind === 'product') return [...this.#products.values()];
    if (kind === 'customer') return [...this.#customers.values()];
    if (kind === 'key') return [...this.#keys.values()];
    const own = this.#people[caller];
    const isTheirs = ({ customerId }: Thing) =>
      caller === 'admin' || caller === 'machine' || customerId === own;
    const isIn = ({ status = '' }: Thing) => state === '' || state.split(' ').includes(status);
    return [...this.#orders.values()].filter((order) => isTheirs(order) && isIn(order));
  }

  #etag(caller: Caller): string {
    const id = this.#subject ?? this.#people[caller] ?? '';
    const things = [this.#products, this.#orders, this.#customers];
    const version = things.map((kind) => kind.get(id)?.version).find((one) => one !== undefined);
    return version === undefined ? '*' : `"${version}"`;
  }

  /** Of an answer that was a success. @param path as it was sent */
  learn({ method, path: sent, caller }: Asked, body: string): void {
    const [path = '', query = ''] = sent.split('?');
    if (method === 'DELETE') this.#forget(path.split('/').at(-1) ?? '');
    if (!path.startsWith('/v1/') || body === '') return;
    const told = JSON.parse(body) as Thing | List;
    if (!('items' in told)) {
      this.#keep(told);
      return;
    }
    // Not keys: among them is the one that the fuzz itself uses, which must not be deleted.
    for (const thing of told.items.filter((one) => !('scopes' in one))) this.#keep(thing);
    if (told.nextCursor !== null) this.#addPage(caller, path, [query, told.nextCursor]);
  }

  #forget(id: string): void {
    this.#products.delete(id);
    this.#keys.delete(id);
  }

  #keep(thing: Thing): void {
    if (this.#stocked.includes(thing.id)) return;
    if (thing.archivedAt === null) remember(this.#products, thing);
    else if ('number' in thing) remember(this.#orders, thing);
    else if ('email' in thing) remember(this.#customers, thing);
    else if ('scopes' in thing) remember(this.#keys, thing);
  }

  #addPage(caller: Caller, path: string, [query, cursor]: readonly [string, string]): void {
    const others = query.split('&').filter((member) => !/^(cursor=|$)/.test(member));
    const page = `${path}?${[...others, `cursor=${cursor}`].join('&')}`;
    this.#pages.set(caller, [...(this.#pages.get(caller) ?? []), page].slice(-PAGES));
  }
}

function remember(things: Map<string, Thing>, thing: Thing): void {
  things.delete(thing.id);
  const { id, version, status, customerId } = thing;
  things.set(id, {
    id,
    ...(version !== undefined && { version }),
    ...(status !== undefined && { status }),
    ...(customerId !== undefined && { customerId }),
  });
  if (things.size > REMEMBERED) things.delete([...things.keys()][0] ?? '');
}

function nth<Item>(items: readonly Item[], n: number): Item | undefined {
  return items[n % Math.max(1, items.length)];
}

const NO_KEYS: readonly unknown[] = [
  [],
  null,
  {},
  'x',
  [null],
  [1],
  [{}],
  ['\0', uuidv7()],
  ['x', 'no id'],
  [1e30, uuidv7()],
  [-1, uuidv7()],
  [1.5, uuidv7()],
  ['\ud800', uuidv7()],
  ['2026-13-45T99:99:99Z', uuidv7()],
  ['x'.repeat(5000), uuidv7()],
  [9_007_199_254_740_993n.toString(), uuidv7()],
  Array(1000).fill(0),
];

/** The page's cursor with other keys under the fingerprint that is right. */
function forge(page: string | undefined, n: number): string {
  if (page === undefined) return '/v1/products?cursor=e30';
  const [path = '', cursor = ''] = page.split('cursor=');
  const { q } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { q: string };
  const forged = JSON.stringify({ q, k: nth(NO_KEYS, n) });
  return `${path}cursor=${Buffer.from(forged).toString('base64url')}`;
}
