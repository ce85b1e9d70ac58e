import { join } from 'node:path';

/** What commands keep on this machine: `.data`, or where STORE_DATA says. */
export function dataFolder(name: string): string {
  return join(process.env['STORE_DATA'] ?? join(import.meta.dirname, '../../.data'), name);
}
