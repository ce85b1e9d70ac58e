/** Requests that would succeed but for one thing. */
import * as fc from 'fast-check';
import { type Operation, operations } from './document.ts';
import { altered, CALLERS, type Caller, type Generated } from './request.ts';
import { permittedCallers } from './roles.ts';
import { queryText, valid } from './valid.ts';
import { nasty, nastyText } from './values.ts';

/** Turns a valid request into one that is not; undefined where there is nothing of that sort. */
type Spoil = (operation: Operation) => fc.Arbitrary<(request: Generated) => Generated> | undefined;

export function nearRequest(): fc.Arbitrary<Generated> {
  return fc.oneof(...operations.flatMap((operation) => nearly(operation) ?? []));
}

function nearly(operation: Operation): fc.Arbitrary<Generated> | undefined {
  const spoils = [oneMember, aQuery, anId, aHeader, aCaller, brokenBody];
  const ways = spoils.flatMap((spoil) => spoil(operation) ?? []);
  if (ways.length === 0) return undefined;
  return fc
    .record({ request: valid(operation), spoil: fc.oneof(...ways) })
    .map(({ request, spoil }) => altered(spoil(request), { sort: 'near' }));
}

/** A member of the body, somewhere: the document decides whether it may still pass. */
const oneMember: Spoil = ({ body }) => {
  if (body === undefined) return undefined;
  return fc
    .record({ at: fc.nat(50), how: fc.constantFrom('replace', 'remove', 'add'), value: nasty })
    .map((change) => (request) => {
      const value = JSON.parse(request.body ?? '{}') as unknown;
      const places = placesIn(value);
      const place = places[change.at % places.length];
      if (place === undefined) return request;
      if (change.how === 'add') place.holder['unknown'] = change.value;
      else if (change.how === 'remove') delete place.holder[place.name];
      else place.holder[place.name] = change.value;
      return { ...request, body: JSON.stringify(value) };
    });
};

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
}

function placesIn(value: unknown): Place[] {
  if (value === null || typeof value !== 'object') return [];
  const holder = value as Record<string, unknown>;
  const names = Object.keys(holder);
  const within = names.flatMap((name) => placesIn(holder[name]));
  return names.map((name): Place => ({ holder, name })).concat(within);
}

const QUERIES = [
  'limit=0',
  'limit=101',
  'limit=-1',
  'limit=1.5',
  'limit=ten',
  'limit=',
  'limit=1e1',
  'sort=dear',
];
const MORE_QUERIES = [
  'status=gone',
  'archived=1',
  'unknown=1',
  '__proto__=1',
  'cursor=',
  'cursor=%',
  'cursor=e30',
  'limit=1&limit=2',
];

const aQuery: Spoil = ({ name, query }) => {
  const known = Object.keys(query);
  const wrong = [...QUERIES, ...MORE_QUERIES].filter((text) => {
    const [member = ''] = text.split('=');
    return known.includes(member) || !/^(limit|sort|status|archived|cursor)$/.test(member);
  });
  // Elsewhere than below /v1, caches and tools may add what they like.
  if (!name.includes('/v1/')) return undefined;
  return fc.constantFrom(...wrong).map((text) => (request) => {
    const path = request.path.split('?', 1)[0] ?? '';
    return { ...request, path: `${path}?${text}`, wrong: `the query ${text}` };
  });
};

const anId: Spoil = ({ path }) => {
  if (!path.includes('{id}')) return undefined;
  return fc.oneof(nastyText, fc.constantFrom('1', '0193f5d2', 'me ')).map((text) => (request) => {
    const id = queryText({ id: text }).slice('?id='.length);
    // An empty one, or dots, is another route.
    const isNone = text === '' || /^\.{1,2}$/.test(text);
    const changed = path.replace('{id}', id);
    return { ...request, path: changed, ...(!isNone && { wrong: 'an id that is no UUID' }) };
  });
};

const HEADERS: readonly (readonly [name: string, value: string | undefined])[] = [
  ['if-match', undefined],
  ['if-match', '"0"'],
  ['if-match', 'W/"1"'],
  ['if-match', '1'],
  ['if-match', ''],
  ['idempotency-key', undefined],
  ['idempotency-key', ''],
  ['idempotency-key', 'x'.repeat(256)],
  ['idempotency-key', 'two words'],
  ['idempotency-key', '"unclosed'],
  ['content-type', 'text/plain'],
  ['content-type', 'application/x-www-form-urlencoded'],
  ['content-type', 'application/json; charset=latin1'],
  ['content-type', undefined],
];

const aHeader: Spoil = ({ name: operation, headers, mediaTypes }) => {
  const used = HEADERS.filter(([name]) =>
    name === 'content-type' ? mediaTypes.length > 0 : headers.has(name),
  );
  if (used.length === 0) return undefined;
  return fc.constantFrom(...used).map(([name, value]) => (request) => {
    const others = request.headers.filter(([other]) => other !== name);
    const isOptional = name === 'if-match' && /\/(pay|ship|deliver|cancel|refund)$/.test(operation);
    // A quotation mark is a visible character.
    const isKey = value === '"unclosed';
    return {
      ...request,
      headers: value === undefined ? others : [...others, [name, value] as const],
      ...(!isKey && !(isOptional && value === undefined) && { wrong: `${name}: ${value}` }),
    };
  });
};

const aCaller: Spoil = ({ name }) => {
  const permitted = permittedCallers(name);
  const others = CALLERS.filter((caller: Caller) => !permitted.includes(caller));
  if (others.length === 0) return undefined;
  return fc.constantFrom(...others).map((caller) => (request) => ({
    ...request,
    caller,
    wrong: `the caller: ${caller}`,
  }));
};

const brokenBody: Spoil = ({ body }) => {
  if (body === undefined) return undefined;
  return fc
    .constantFrom<(text: string) => string>(
      (text) => text.slice(0, -1),
      (text) => `${text},`,
      (text) => `[${text}]`,
      (text) => `${text}${text}`,
      (text) => `${text.slice(0, -1)},}`,
      (text) => JSON.stringify(text),
      () => '',
      () => 'null',
    )
    .map((spoil) => (request) => ({
      ...request,
      body: spoil(request.body ?? ''),
      wrong: 'a body that is no such JSON',
    }));
};
