import { requireSameName } from './consent.ts';
import { readLockFile } from './holder.ts';

test('--confirm with another name is refused', () => {
  expect(() => requireSameName('dev-network', 'prod-network')).toThrow(/'prod-network', but dev/);
});

test.each(['', 'null', '"text"', '{"Who": '])('the file %j is a lock of somebody', (text) => {
  const stored = { kind: 'state', etag: 'e', written: new Date(0) } as const;

  expect(readLockFile(text, stored)).toMatchObject({ who: 'somebody', id: 'unknown', etag: 'e' });
});

test("a release's file tells who is at work, and where", () => {
  const text = JSON.stringify({ id: 'a', who: 'arn:ada', where: 'laptop, process 4711' });
  const stored = { kind: 'release', etag: 'e', written: new Date(0) } as const;

  expect(readLockFile(text, stored)).toMatchObject({
    id: 'a',
    who: 'arn:ada',
    more: ['on laptop, process 4711'],
  });
});
