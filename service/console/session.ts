/** What an operator types, statement by statement: logged, then asked, then answered. */
import { type Client, DatabaseError } from 'pg';
import type { Logger } from '../observability/logger.ts';
import { complaint } from './complaint.ts';
import { type Answer, type Asked, ask, askReading } from './connection.ts';
import { described, HELP } from './described.ts';
import { split } from './statements.ts';
import { asTable, type Table } from './table.ts';

interface SessionParts {
  readonly client: Client;
  /** Where each statement stands before it runs. It names who works here. */
  readonly log: Logger;
  /** Whether statements may change rows. */
  readonly isWriting: boolean;
  /** What PostgreSQL said meanwhile; it is emptied here. */
  readonly notices: string[];
  /** @default a table for people */
  readonly layout?: (table: Table) => string;
}

interface Reply {
  readonly text: string;
  /** What the next line is asked with. */
  readonly prompt: string;
  readonly isOver: boolean;
  /** Whether a statement of these failed; those after it were left out. */
  readonly failed: boolean;
}

export class Session {
  readonly #parts: SessionParts;
  /** The beginning of a statement that has no semicolon yet. */
  #begun = '';
  #tellsTime = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** One line or several. @throws Error when the connection is lost */
  async take(line: string): Promise<Reply> {
    if (!this.hasBegun && line.trim().startsWith('\\')) return this.#command(line.trim());
    const { statements, rest } = split(`${this.#begun}${line}\n`);
    this.#begun = rest === '' ? '' : `${rest}\n`;
    const texts: string[] = [];
    for (const text of statements) {
      const { said, failed } = await this.#run(text, [{ text }]);
      texts.push(said);
      if (failed) return this.#reply(texts.join('\n'), { failed });
    }
    return this.#reply(texts.join('\n'));
  }

  /** Whether a statement has begun that has no end yet. */
  get hasBegun(): boolean {
    return this.#begun !== '';
  }

  /** Forgets the beginning of a statement. */
  forget(): Reply {
    this.#begun = '';
    return this.#reply('');
  }

  async #command(command: string): Promise<Reply> {
    if (/^\\q\b/.test(command)) return this.#reply('', { isOver: true });
    if (/^\\timing\b/.test(command)) {
      this.#tellsTime = !this.#tellsTime;
      return this.#reply(`Timing is ${this.#tellsTime ? 'on' : 'off'}.`);
    }
    if (/^\\(\?|h)/.test(command)) return this.#reply(HELP);
    const questions = described(command);
    if (questions === undefined) return this.#reply(`There is no ${command}.\n${HELP}`, FAILED);
    const { said, failed } = await this.#run(command, questions);
    return this.#reply(said, { failed });
  }

  async #run(statement: string, questions: readonly Asked[]) {
    const { client, log, isWriting } = this.#parts;
    log.info({ statement }, 'statement');
    const since = performance.now();
    const answers: Answer[] = [];
    try {
      for (const asked of questions) {
        answers.push(await (isWriting ? ask : askReading)(client, asked));
      }
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      log.warn({ sqlstate: error.code, reason: error.message }, 'refused');
      return { said: [...this.#heard(), complaint(statement, error)].join('\n'), failed: true };
    }
    const milliseconds = Math.round(performance.now() - since);
    log.info({ rows: answers.map(({ rowCount }) => rowCount), milliseconds }, 'answered');
    const time = this.#tellsTime ? [`${milliseconds} ms`] : [];
    return {
      said: [...this.#heard(), ...answers.map((answer) => this.#show(answer)), ...time].join('\n'),
      failed: false,
    };
  }

  #heard(): string[] {
    return this.#parts.notices.splice(0);
  }

  #show({ command, table, rowCount }: Answer): string {
    const { layout = asTable } = this.#parts;
    if (table === undefined) return rowCount === 0 ? command : `${command} ${rowCount}`;
    if (layout !== asTable) return layout(table);
    const shown = table.rows.length;
    const rest = rowCount > shown ? `, the first ${shown} of them shown: add a LIMIT` : '';
    return `${layout(table)}\n(${rowCount} row${rowCount === 1 ? '' : 's'}${rest})`;
  }

  #reply(text: string, { isOver = false, failed = false } = {}): Reply {
    return { text, prompt: this.#prompt(), isOver, failed };
  }

  #prompt(): string {
    const { client, isWriting } = this.#parts;
    if (this.hasBegun) return '     ...> ';
    if (!isWriting) return 'read-only> ';
    return client.getTransactionStatus() === 'I' ? 'writing> ' : 'writing, in a transaction> ';
  }
}

const FAILED = { failed: true };
