/** A home with a full shop in it. */
import { type Home, openHome } from '../loopback/home.ts';
import { fill } from './fill.ts';
import type { Stock } from './scale.ts';

/** Those of PostgreSQL that are not its defaults: a quarter of a small server's memory, as on RDS. */
export const DATABASE_SETTINGS = ['shared_buffers=1GB', 'max_wal_size=4GB', 'max_connections=200'];

/** Requests a minute for each caller: the limit is on, and nobody reaches it. */
const RATE_LIMIT = 100_000_000;

export async function openShop(stock: Stock): Promise<Home> {
  const home = await openHome(DATABASE_SETTINGS);
  try {
    await home.writeSettings({ rateLimitPerMinute: RATE_LIMIT });
    await fill(home.databaseUrl, stock);
    return home;
  } catch (error) {
    await home.close();
    throw error;
  }
}
