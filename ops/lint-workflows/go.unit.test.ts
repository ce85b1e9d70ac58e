import { goOf } from './go.ts';

test('of several versions of Go the newest one builds', () => {
  const variables = {
    GOROOT: '/default',
    GOROOT_1_9_X64: '/tools/go/1.9/x64',
    GOROOT_1_26_X64: '/tools/go/1.26/x64',
    GOROOT_1_25_X64: '/tools/go/1.25/x64',
  };

  expect(goOf(variables)).toBe('/tools/go/1.26/x64/bin/go');
});

test('elsewhere it is the one on the PATH', () => {
  expect(goOf({ PATH: '/bin', GOROOT_1_26_X64: '' })).toBe('go');
});
