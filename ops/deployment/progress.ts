/** What a long command is at: lines as steps end, and on a terminal a last line that lives. */
import { createInterface } from 'node:readline/promises';
import { Interrupted } from '../terraform/terraform.ts';

/** Milliseconds between two drawings of the living line. */
const REDRAW = 200;
const FRAMES = ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'];

/** Back to the line's beginning, and erase it. */
const ERASE = '\r\x1b[K';

interface Running {
  readonly title: string;
  readonly since: number;
  /** What it does right now. */
  doing: string;
}

export type Say = (doing: string) => void;

export class Progress {
  /** Titles of the steps that ended well, in order. */
  readonly done: string[] = [];
  readonly #running = new Set<Running>();
  readonly #live = process.stdout.isTTY;
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;

  /**
   * Runs a step; several may run at once.
   * @param work is given what says what it does right now; a text that it returns is shown
   */
  async step<Result>(title: string, work: (say: Say) => Promise<Result>): Promise<Result> {
    const running: Running = { title, since: performance.now(), doing: '' };
    this.#begin(running);
    let mark = 'FAILED';
    let result: Result | undefined;
    try {
      result = await work((doing) => this.#doing(running, doing));
      mark = 'ok    ';
      this.done.push(title);
      return result;
    } finally {
      this.#end(running, mark, typeof result === 'string' ? `: ${result}` : '');
    }
  }

  /** A line of its own. */
  line(text: string): void {
    this.#erase();
    console.log(text);
  }

  /** @returns whether the answer was yes; without a terminal there is no answer */
  async ask(question: string): Promise<boolean> {
    this.#stop();
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
    } catch (error) {
      // The terminal takes Ctrl-C for itself while it asks.
      if ((error as Error).name === 'AbortError') throw new Interrupted('stopped by SIGINT');
      throw error;
    } finally {
      terminal.close();
      this.#start();
    }
  }

  #begin(running: Running): void {
    this.#running.add(running);
    if (this.#live) this.#start();
    else console.log(`...     ${running.title}`);
  }

  #doing(running: Running, doing: string): void {
    if (running.doing === doing) return;
    running.doing = doing;
    if (!this.#live) console.log(`        ${running.title}: ${doing}`);
  }

  #end(running: Running, mark: string, result: string): void {
    const { title, since } = running;
    const seconds = (performance.now() - since) / 1000;
    this.#running.delete(running);
    this.line(`${mark}  ${title}${result} (${duration(seconds)})`);
    if (this.#running.size === 0) this.#stop();
  }

  #start(): void {
    if (!this.#live || this.#running.size === 0) return;
    this.#timer ??= setInterval(() => this.#draw(), REDRAW);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#erase();
  }

  #draw(): void {
    this.#frame += 1;
    const now = performance.now();
    const parts = Array.from(this.#running, ({ title, since, doing }) => {
      const what = doing === '' ? title : `${title}: ${doing}`;
      return `${what} ${duration((now - since) / 1000)}`;
    });
    const text = `${FRAMES[this.#frame % FRAMES.length]} ${parts.join(' · ')}`;
    process.stdout.write(`${ERASE}${text.slice(0, process.stdout.columns - 1)}`);
  }

  #erase(): void {
    if (this.#live) process.stdout.write(ERASE);
  }
}

/** `9 s`, or `1:09 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`;
}
