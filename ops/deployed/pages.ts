/** Walks through a list by its cursors. */
import type { Page } from '../../service/http/page.ts';
import { call } from './client.ts';
import { expectStatus } from './fixture.ts';
import type { Credential } from './people.ts';

/** More pages than any list of a test has: a cursor that leads back is told from a long list. */
const MAX_PAGES = 1000;

/** Every page from the first to the last, in order. @param path with a query */
export async function* pagesOf<Item>(path: string, as?: Credential): AsyncGenerator<Item[]> {
  let cursor = '';
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const answer = await call<Page<Item>>('GET', `${path}${cursor}`, { as });
    const { items, nextCursor } = expectStatus(200, answer).json;
    yield items;
    if (nextCursor === null) return;
    cursor = `&cursor=${nextCursor}`;
  }
  throw new Error(`GET ${path} has no end`);
}

export async function allPagesOf<Item>(path: string, as?: Credential): Promise<Item[][]> {
  const pages: Item[][] = [];
  for await (const page of pagesOf<Item>(path, as)) pages.push(page);
  return pages;
}
