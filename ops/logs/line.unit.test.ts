import { layOut } from './line.ts';

const AT = Date.UTC(2026, 0, 2, 3, 4, 5);
const line = (text: string) => ({ at: AT, id: 'an-id', text });

test("the service's lines are short: time, level, route, status, message", () => {
  const entry = {
    time: '2026-01-02T03:04:05.678Z',
    level: 'info',
    service: 'fargate-store',
    requestId: 'r',
    route: '/v1/products/:id',
    status: 404,
    milliseconds: 3.2,
    msg: 'request',
  };

  expect(layOut(line(JSON.stringify(entry)))).toBe(
    '2026-01-02T03:04:05.678Z info /v1/products/:id 404 request',
  );
});

test('an error says why', () => {
  const entry = { time: 'T', level: 'error', msg: 'failed', err: { message: 'no route to host' } };

  expect(layOut(line(JSON.stringify(entry)))).toBe('T error failed (no route to host)');
});

test.each(['migrated to 12', '{"half": ', '{"something": "else"}', '[1]'])(
  'what is no line of the service stays as it is, with its time: %s',
  (text) => {
    expect(layOut(line(text))).toBe(`2026-01-02T03:04:05.000Z ${text}`);
  },
);

test('no line can write elsewhere on the terminal', () => {
  const written = JSON.stringify({ msg: '\u001b[2J\u009b1mhello\r\n' });

  expect(layOut(line(written))).toBe(String.raw`\u001b[2J\u009b1mhello\u000d\u000a`);
});
