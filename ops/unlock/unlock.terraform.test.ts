/** Locks as killed runs leave them, in the bucket of an emulated account. */
import { rm } from 'node:fs/promises';
import { PROJECT } from '../../contract.ts';
import { someTable } from '../../stacks/testing/some-table.ts';
import { withReleaseLock } from '../release/lock.ts';
import { type EmulatedDev, emulatedDev } from '../running/testing/emulated-dev.ts';
import { Terraform } from '../terraform/terraform.ts';
import { holderOf } from './holder.ts';
import { findLock, locksOf } from './locks.ts';
import { aKilledApply } from './testing/killed-apply.ts';
import { type Terms, unlock } from './unlock.ts';

let dev: EmulatedDev;
beforeAll(async () => {
  dev = await emulatedDev({ bucket: true });
});
afterAll(() => dev.emulator.stop());

/** Somebody who has seen the holder's end, and says yes. */
function somebody(differences: Partial<Terms> = {}) {
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const terms: Terms = { holderIsDead: true, agree: async () => undefined, say, ...differences };
  return { terms, said: () => said.join('\n') };
}

const lockFile = (ID: string) =>
  JSON.stringify({
    ID,
    Operation: 'OperationTypeApply',
    Info: '',
    Who: 'ada@laptop',
    Version: '1.14.0',
    Created: '2026-11-20T08:00:00Z',
  });

test('each stack has a lock beside its state, and each environment one for its releases', () => {
  const locks = locksOf({ dev: { ...someTable.dev, suffix: 'copy' } });

  const keys = Object.fromEntries(locks.map(({ name, key }) => [name, key]));
  expect(keys).toMatchObject({
    [`${PROJECT}-state`]: `${PROJECT}-state.tfstate.tflock`,
    'dev-copy-network': 'dev-copy-network.tfstate.tflock',
    'dev-copy-release': 'releases/dev-copy/release.tflock',
  });
  expect(keys).not.toHaveProperty(`${PROJECT}-release`);
});

test("a second account's stacks keep the names of their states", () => {
  const other = {
    ...someTable.dev,
    accountId: '123456789012',
    network: { ...someTable.dev.network, cidr: '10.9.0.0/16' },
  };

  const lock = findLock(
    { dev: someTable.dev, other },
    `${PROJECT}-123456789012-eu-central-1-registry`,
  );

  expect(lock.key).toBe(`${PROJECT}-registry.tfstate.tflock`);
  expect(lock.environment.name).toBe('other');
});

test('who mistypes a stack is told which there are', () => {
  expect(() => findLock({ dev: someTable.dev }, 'dev-netwrok')).toThrow(
    /no stack 'dev-netwrok', did you mean dev-network\? There are .*dev-database.*dev-release/,
  );
});

test('what is not locked stays as it is', async () => {
  const lock = findLock(dev.table, 'dev-identity');
  const agree = import.meta.jest.fn(async () => undefined);

  const text = await unlock(lock, somebody({ agree }).terms);

  expect(text).toBe('dev-identity is not locked: there is nothing to do');
  expect(agree).not.toHaveBeenCalled();
});

test('a lock that a killed Terraform left is shown, freed, and can be taken again', async () => {
  const lock = findLock(dev.table, `${PROJECT}-registry`);
  const folder = await aKilledApply(dev, lock.key.replace(/\.tflock$/, ''));
  const { terms, said } = somebody();
  try {
    const text = await unlock(lock, terms);

    expect(said()).toMatch(/who +\S+@/);
    expect(said()).toMatch(/operation +apply\n +since +2\S+Z \(0 min ago\)/);
    expect(said()).toMatch(/Terraform 1\.\d+/);
    expect(text).toContain(`Next: npx cdktf diff ${PROJECT}-registry`);
    expect(await holderOf(lock)).toBeUndefined();
    const terraform = await Terraform.find(dev.emulator.environment);
    const again = await terraform.run(folder, 'plan', '-input=false');
    expect(again.code).toBe(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a young lock is only shown', async () => {
  const lock = findLock(dev.table, 'dev-network');
  await dev.putObject(lock.key, lockFile('one'));
  const { terms, said } = somebody({ holderIsDead: false });

  await expect(unlock(lock, terms)).rejects.toThrow(/ada@laptop may be at work.*--holder-is-dead/);

  expect(said()).toContain('ada@laptop');
  expect(await holderOf(lock)).toMatchObject({ id: 'one' });
});

test('an old lock needs no more than a yes', async () => {
  const lock = findLock(dev.table, 'dev-migration');
  await dev.putObject(lock.key, lockFile('one'));
  const later = Date.now() + 11 * 60_000;
  const clock = import.meta.jest.spyOn(Date, 'now').mockReturnValue(later);

  const freed = await unlock(lock, somebody({ holderIsDead: false }).terms);
  clock.mockRestore();

  expect(freed).toContain('dev-migration is free again');
  expect(await holderOf(lock)).toBeUndefined();
});

test('who does not agree leaves it', async () => {
  const lock = findLock(dev.table, 'dev-database');
  await dev.putObject(lock.key, lockFile('one'));
  const agree = () => Promise.reject(new Error('no'));

  await expect(unlock(lock, somebody({ agree }).terms)).rejects.toThrow('no');

  expect(await holderOf(lock)).toMatchObject({ id: 'one' });
});

test.each(['two', 'one'])('a lock taken anew meanwhile, id %s, is not freed', async (id) => {
  const lock = findLock(dev.table, 'dev-service');
  await dev.putObject(lock.key, lockFile('one'));
  const agree = () => dev.putObject(lock.key, lockFile(id).replace('ada', 'ben'));

  await expect(unlock(lock, somebody({ agree }).terms)).rejects.toThrow(/by ben@laptop.*nothing/);

  expect(await holderOf(lock)).toMatchObject({ who: 'ben@laptop' });
});

test("a release's lock is freed in the same way, and shown with its stacks' locks", async () => {
  const network = findLock(dev.table, 'dev-network');
  const release = findLock(dev.table, 'dev-release');
  await dev.putObject(network.key, lockFile('one'));
  const watching = somebody();

  const freed = await withReleaseLock(dev.environment, 'arn:anna', async () => {
    await unlock(network, watching.terms);
    return unlock(release, watching.terms);
  });

  expect(watching.said()).toMatch(/release +arn:anna is at work/);
  expect(watching.said()).toMatch(/dev-release is locked:\n +who +arn:anna/);
  expect(freed).toContain('npm run status -- dev');
  expect(await holderOf(release)).toBeUndefined();
});

test('without a bucket nothing is locked', async () => {
  const lock = findLock(dev.table, 'dev-network');
  const place = { ...lock.place, stateBucket: 'no-such-bucket' };

  await expect(unlock({ ...lock, place }, somebody().terms)).rejects.toThrow(/npm run bootstrap/);
});
