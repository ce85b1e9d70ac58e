/** Shows credentials to a service, and says what came of each. */
import { ask, newClient } from '../../loopback/ask.ts';
import type { Issuer } from '../../loopback/issuer.ts';

export interface Seen {
  readonly status: number;
  readonly isProblem: boolean;
  readonly milliseconds: number;
  readonly code?: string;
  /** WWW-Authenticate. */
  readonly challenge?: string;
  readonly retryAfter?: string;
}

/** Of a drill: what was measured, and a sentence for each thing that did not hold. */
export interface Part {
  readonly figures: [string, string][];
  readonly broken: string[];
}

export interface Door {
  readonly issuer: Issuer;
  /** @param authorization one value for each header field. @param path @default '/v1/orders' */
  show(authorization: readonly string[], path?: string): Promise<Seen>;
  close(): void;
}

export function openDoor(issuer: Issuer, url: string): Door {
  const client = newClient();
  return {
    issuer,
    async show(authorization, path = '/v1/orders') {
      const from = performance.now();
      const headers = authorization.map((value) => ['authorization', value] as const);
      const { status, headers: told, body } = await ask(client, url, { path, headers });
      const milliseconds = Math.round(performance.now() - from);
      const { code } = JSON.parse(body) as { code?: string };
      const { 'www-authenticate': challenge, 'retry-after': retryAfter } = told;
      return {
        status,
        isProblem: told['content-type']?.startsWith('application/problem+json') === true,
        milliseconds,
        ...(code !== undefined && { code }),
        ...(challenge !== undefined && { challenge }),
        ...(retryAfter !== undefined && { retryAfter }),
      };
    },
    close: () => client.destroy(),
  };
}
