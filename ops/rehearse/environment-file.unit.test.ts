import { environmentFile } from './environment-file.ts';

const text = environmentFile({
  AWS_ACCESS_KEY_ID: "it's",
  HTTP_PROXY: 'http://127.0.0.1:1',
  http_proxy: 'http://127.0.0.1:1',
  no_proxy: 'localhost',
  STORE_OVERRIDES: '/run/overrides',
  STORE_REHEARSAL: 'id',
  STORE_DATA: '/run/data',
  HOME: '/root',
});

test('it leads both spellings of a proxy and the keys to the emulated AWS', () => {
  expect(text).toContain("export http_proxy='http://127.0.0.1:1'\n");
  expect(text).toContain("export HTTP_PROXY='http://127.0.0.1:1'\n");
  expect(text).toContain("export no_proxy='localhost'\n");
  expect(text).toContain(String.raw`export AWS_ACCESS_KEY_ID='it'\''s'`);
});

test('a person’s own profile is not asked', () => {
  expect(text).toMatch(/^unset AWS_PROFILE AWS_DEFAULT_PROFILE\n/);
});

test('commands of that shell are not the rehearsal’s, to be ended with it', () => {
  expect(text).not.toMatch(/STORE_REHEARSAL|STORE_DATA|HOME/);
});
