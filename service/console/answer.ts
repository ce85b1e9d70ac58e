/** An answer as lines of the log, from where the operator's command takes it. */
import type { Logger } from '../observability/logger.ts';

/** Characters a line: with its JSON it stays below what carriers of logs cut, 16 KiB. */
const PIECE = 3000;

/** Each line says how many there are, so that whoever reads knows whether one is missing. */
export function tellAnswer(log: Logger, text: string): void {
  const pieces = text.match(new RegExp(`[^]{1,${PIECE}}`, 'gu')) ?? [''];
  for (const [index, piece] of pieces.entries()) {
    log.info({ answer: { piece: index + 1, of: pieces.length, text: piece } }, 'answer');
  }
}
