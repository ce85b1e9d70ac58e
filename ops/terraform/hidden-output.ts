/**
 * What a command writes, in a file instead of a pipe: a pipe breaks when we are killed, and Terraform
 * would die at its next line, with its lock and without its state.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

/** Milliseconds between two looks at what came. */
const LOOK = 100;
/** Bytes that are read at once. */
const CHUNK = 65_536;

export class HiddenOutput {
  /** For the command to write to. */
  readonly file = openNameless();
  readonly #decoder = new StringDecoder('utf8');
  readonly #tell: (text: string) => void;
  readonly #timer = setInterval(() => this.#read(), LOOK);
  #position = 0;
  #text = '';

  /** @param tell is given what comes, soon after it came */
  constructor(tell: (text: string) => void = () => undefined) {
    this.#tell = tell;
  }

  /** @returns all that was written until now */
  text(): string {
    this.#read();
    return this.#text;
  }

  close(): void {
    clearInterval(this.#timer);
    closeSync(this.file);
  }

  #read(): void {
    const chunk = Buffer.alloc(CHUNK);
    for (;;) {
      const bytes = readSync(this.file, chunk, { position: this.#position });
      if (bytes === 0) return;
      this.#position += bytes;
      const text = this.#decoder.write(chunk.subarray(0, bytes));
      this.#text += text;
      this.#tell(text);
    }
  }
}

/** Tells whole lines of a text that comes in pieces. */
export class Lines {
  readonly #onLine: (line: string) => void;
  #begun = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(text: string): void {
    const lines = `${this.#begun}${text}`.split(/\r?\n/);
    this.#begun = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line);
  }

  /** The last line may lack its end. */
  end(): void {
    if (this.#begun !== '') this.#onLine(this.#begun);
    this.#begun = '';
  }
}

/** States and passwords pass through it: nobody else can open it, and nothing is left however we end. */
function openNameless(): number {
  const folder = mkdtempSync(join(tmpdir(), 'output-'));
  try {
    return openSync(join(folder, 'output'), 'ax+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
