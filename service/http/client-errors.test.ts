import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerClientError } from './client-errors.ts';

test('who takes too long to send is told so', async () => {
  const timeout = Object.assign(new Error('timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  const server = createServer((socket) => answerClientError(timeout, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const answer = await text(connect((server.address() as AddressInfo).port, '127.0.0.1'));
  server.close();

  expect(answer).toContain('HTTP/1.1 408 Request Timeout\r\n');
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'REQUEST_TIMEOUT' });
});
