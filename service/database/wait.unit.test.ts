import { createLogger } from '../observability/logger.ts';
import { whenReachable } from './wait.ts';

const log = createLogger('silent');
const away = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });

test('patience ends with the last error', async () => {
  await expect(whenReachable(() => Promise.reject(away), log, 0)).rejects.toBe(away);
});

test('what waiting does not mend is told at once', async () => {
  let asked = 0;
  const attempt = () => {
    asked += 1;
    return Promise.reject(new Error('no such column'));
  };

  await expect(whenReachable(attempt, log)).rejects.toThrow('no such column');
  expect(asked).toBe(1);
});
