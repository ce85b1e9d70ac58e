import { small } from '../testing/small.ts';
import { idleConnections } from './idle-connections.ts';

test('idle connections do not stop others', async () => {
  const { broken, figures } = await small(idleConnections);

  expect(broken).toEqual([]);
  expect(figures).toContainEqual(['idle connections', '300']);
}, 90_000);
