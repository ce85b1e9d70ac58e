import { privateEndpoint } from './endpoint.ts';

test.each(['http://127.0.0.1:4566', 'http://10.0.0.7:4566/', 'http://172.30.1.1:80'])(
  'an emulator may be at %s',
  (url) => {
    expect(privateEndpoint(url)).toBe(new URL(url).origin);
  },
);

test.each([
  'https://s3.eu-central-1.amazonaws.com',
  'http://s3.eu-central-1.amazonaws.com',
  'http://8.8.8.8:4566',
  'http://localhost.example.com',
  'http://172.32.0.1:4566',
  'https://127.0.0.1:4566',
  '127.0.0.1:4566',
])('nothing is broken on purpose at %s', (url) => {
  expect(() => privateEndpoint(url)).toThrow('--endpoint must be');
});
