import { tellAnswer } from '../../service/console/answer.ts';
import { createLogger } from '../../service/observability/logger.ts';
import { assembled } from './answer.ts';

function told(text: string): string[] {
  const lines: string[] = [];
  tellAnswer(createLogger('info', { write: (line) => lines.push(line) }), text);
  return lines;
}

test.each(['', 'one line', 'ä'.repeat(10_000), `a\n${'b"'.repeat(5000)}\n🙂`])(
  'what the console writes is put together again',
  (text) => {
    expect(assembled(['no JSON', ...told(text).toReversed()])).toBe(text);
  },
);

test('an answer with a missing piece is none', () => {
  const [, ...rest] = told('x'.repeat(10_000));

  expect(assembled(rest)).toBeUndefined();
  expect(assembled([])).toBeUndefined();
});
