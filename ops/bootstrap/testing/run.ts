/** `npm run bootstrap -- dev` for tests: in an account of the emulated AWS, and as far as told. */
import { someTable } from '../../../stacks/testing/some-table.ts';
import { explain } from '../../deployment/command.ts';
import { bootstrap } from '../bootstrap.ts';

interface Asked {
  readonly accountId: string;
  readonly data: string;
  readonly asks?: boolean;
  readonly steps?: number;
}

const { accountId, ...asked } = JSON.parse(process.argv[2] ?? '') as Asked;
const table = { dev: { ...someTable.dev, accountId } };
try {
  await bootstrap({ asks: false, ...asked, table, name: 'dev' });
} catch (error) {
  process.exitCode = explain('bootstrap', error);
}
