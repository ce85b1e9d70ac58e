/** Fetches keys over plain http too; aws-jwt-verify's own fetcher speaks https only. */
import { FetchError } from 'aws-jwt-verify/error';
import type { Fetcher } from 'aws-jwt-verify/https';

/** Milliseconds. */
const TIMEOUT = 3000;

/** Only with AUTH_ALLOW_HTTP_ISSUER: whoever sits on the way can put in keys of their own. */
export const plainFetcher: Fetcher = {
  async fetch(uri) {
    try {
      const response = await fetch(uri, {
        signal: AbortSignal.timeout(TIMEOUT),
        redirect: 'error',
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return await response.arrayBuffer();
    } catch (error) {
      throw new FetchError(uri, error);
    }
  },
};
