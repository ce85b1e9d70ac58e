import { small } from '../testing/small.ts';
import { soak } from './soak.ts';

test('visitors leave no connection behind, and no request fails', async () => {
  const { broken, figures } = await small(soak);

  expect(broken).toEqual([]);
  expect(figures).toContainEqual(['requests', expect.stringMatching(/^\d{2,}/)]);
}, 90_000);
