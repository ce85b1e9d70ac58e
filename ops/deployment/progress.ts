/** What a long command is at: lines as steps end, and on a terminal a last line that lives. */
import { createInterface } from 'node:readline/promises';
import { Interrupted } from '../terraform/terraform.ts';

/** Milliseconds between two drawings of the living line. */
const REDRAW = 200;
const FRAMES = ['⠋', '⠙', '⠸', '⠴', '⠦', '⠇'];

/** Milliseconds that a step may be silent without a terminal: some CIs end jobs of which nothing is heard. */
const SILENCE = 60_000;
/** Milliseconds between two looks at who is silent. */
const LOOK = 5000;

/** Back to the line's beginning, and erase it. */
const ERASE = '\r\x1b[K';

interface Running {
  readonly title: string;
  readonly since: number;
  /** What it does right now. */
  doing: string;
  /** When something was told of it last. */
  told: number;
}

/** Empty when there is nothing more to say than the step's title. */
export type Say = (doing: string) => void;

export class Progress {
  /** Titles of the steps that ended well, in order. */
  readonly done: string[] = [];
  readonly #running = new Set<Running>();
  readonly #live = process.stdout.isTTY;
  #timer: NodeJS.Timeout | undefined;
  #frame = 0;

  constructor() {
    process.stdout.off('error', goOn).on('error', goOn);
  }

  /**
   * Runs a step; several may run at once.
   * @param work is given what says what it does right now; a text that it returns is shown
   */
  async step<Result>(title: string, work: (say: Say) => Promise<Result>): Promise<Result> {
    const since = performance.now();
    const running: Running = { title, since, doing: '', told: since };
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

  /**
   * @param signal ends the question too, with its reason
   * @returns whether the answer was yes; without a terminal there is no answer
   * @throws Interrupted
   */
  async ask(question: string, signal?: AbortSignal): Promise<boolean> {
    this.#stop();
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
      const answer = await terminal.question(`${question} [y/N] `, signal ? { signal } : {});
      return /^y(es)?$/i.test(answer.trim());
    } catch (error) {
      signal?.throwIfAborted();
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
    this.#start();
    if (!this.#live) console.log(`...     ${running.title}`);
  }

  #doing(running: Running, doing: string): void {
    if (running.doing === doing) return;
    running.doing = doing;
    running.told = performance.now();
    if (!this.#live && doing !== '') console.log(`        ${running.title}: ${doing}`);
  }

  #end(running: Running, mark: string, result: string): void {
    const { title, since } = running;
    const seconds = (performance.now() - since) / 1000;
    this.#running.delete(running);
    this.line(`${mark}  ${title}${result} (${duration(seconds)})`);
    if (this.#running.size === 0) this.#stop();
  }

  #start(): void {
    if (this.#running.size === 0) return;
    this.#timer ??= this.#live
      ? setInterval(() => this.#draw(), REDRAW)
      : setInterval(() => this.#tellOfTheSilent(), LOOK).unref();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#erase();
  }

  #tellOfTheSilent(): void {
    const now = performance.now();
    for (const running of this.#running) {
      if (now - running.told < SILENCE) continue;
      running.told = now;
      const { title, doing, since } = running;
      const what = doing === '' ? 'not done yet' : `still at it, ${doing}`;
      console.log(`        ${title}: ${what} (${duration((now - since) / 1000)})`);
    }
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

/** A terminal that was closed reads nothing any more, but what was begun is still put in order. */
function goOn(): void {
  // Nobody is there to be told.
}

/** `9 s`, or `1:09 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')} min`;
}
