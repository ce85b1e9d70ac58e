import { someTable } from '../../stacks/testing/some-table.ts';
import { promote } from './promote.ts';

const promotion = {
  table: someTable,
  from: 'staging',
  to: 'prod',
  yes: true,
  contract: false,
  confirm: undefined,
};

test('production takes more than a yes', async () => {
  await expect(promote(promotion)).rejects.toThrow(
    'prod is production, and there is no terminal to type its name at: add --confirm prod',
  );
});

test('a name that is confirmed must be that of where it goes', async () => {
  await expect(promote({ ...promotion, confirm: 'staging' })).rejects.toThrow(
    "--confirm says 'staging', but prod would get the image",
  );
});
