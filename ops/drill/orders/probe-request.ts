/** A request that is valid but for the text in one place. */
import { randomUUID } from 'node:crypto';
import type { TextInput } from './text-inputs.ts';

/** Things that requests are about. */
export interface Things {
  readonly authorization: string;
  readonly product: string;
  readonly order: string;
  readonly customer: string;
  readonly apiKey: string;
}

/** @returns undefined for a text that HTTP cannot carry in that place */
export function probeRequest(
  url: string,
  { input, text, things }: { input: TextInput; text: string; things: Things },
): Request | undefined {
  const { place, method, mediaType } = input;
  const headers = headersOf(input, text, things);
  if (headers === undefined) return undefined;
  const query =
    place === 'query' ? `?${new URLSearchParams([[nameOf(input), text]]).toString()}` : '';
  return new Request(url + pathOf(input, text, things) + query, {
    method,
    headers,
    ...(mediaType !== undefined && { body: JSON.stringify(bodyOf(input, text, things)) }),
  });
}

function nameOf({ name }: TextInput): string {
  return name.at(-1) ?? '';
}

function headersOf(
  { place, name: [field = ''], headers: known, mediaType }: TextInput,
  text: string,
  { authorization }: Things,
): Headers | undefined {
  const headers = new Headers({ authorization });
  if (mediaType !== undefined) headers.set('content-type', mediaType);
  if (known.includes('idempotency-key')) headers.set('idempotency-key', randomUUID());
  if (known.includes('if-match')) headers.set('if-match', '*');
  if (place !== 'header') return headers;
  try {
    headers.set(field, field === 'authorization' ? `ApiKey ${text}` : text);
    return headers;
  } catch {
    return undefined;
  }
}

function pathOf({ place, path, name }: TextInput, text: string, things: Things): string {
  const ids: Readonly<Record<string, string>> = {
    products: things.product,
    orders: things.order,
    customers: things.customer,
    'api-keys': things.apiKey,
    problems: 'out-of-stock',
  };
  const kind = path.split('/').find((part) => part in ids) ?? '';
  const probe = place === 'path' ? encodeURIComponent(text.toWellFormed()) : undefined;
  return path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) =>
    probe !== undefined && parameter === name[0] ? probe : (ids[kind] ?? ''),
  );
}

/** The example, about things that exist, with the text where it is tried. */
function bodyOf(input: TextInput, text: string, things: Things): unknown {
  const members: Readonly<Record<string, () => string>> = {
    sku: () => `PROBE-${randomUUID()}`,
    productId: () => things.product,
    customerId: () => things.customer,
    expiresAt: () => new Date(Date.now() + 86_400_000).toISOString(),
  };
  const body: unknown = JSON.parse(JSON.stringify(input.body), (name, value: unknown) =>
    typeof value === 'string' ? (members[name]?.() ?? value) : value,
  );
  if (input.place !== 'body') return body;
  const holder = input.name
    .slice(0, -1)
    .reduce(
      (parent, name) => parent[name] as Record<string, unknown>,
      body as Record<string, unknown>,
    );
  holder[nameOf(input)] = text;
  return body;
}
