/** What Terraform tells with -json: progress, changes, problems. One JSON object a line. */
import { duration, type Say } from './progress.ts';

/** Milliseconds between two lines about the same waiting, where no terminal shows it all the time. */
const PATIENCE = 60_000;

export interface Change {
  /** Such as `aws_db_instance.postgres_instance`. */
  readonly address: string;
  readonly action: (typeof ACTIONS)[number];
  /** Why it is replaced, in Terraform's words: `tainted` when its creation did not come to its end. */
  readonly reason?: string;
}

interface Message {
  readonly type: string;
  readonly hook?: {
    readonly resource: { readonly addr: string };
    readonly elapsed_seconds?: number;
  };
  readonly change?: {
    readonly resource: { readonly addr: string };
    readonly action: string;
    readonly reason?: string;
  };
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail: string;
    readonly address?: string;
  };
}

/** Terraform says so when the lock is not free within half a second. */
const LOCKED = "waiting for the state's lock";

const ACTIONS = ['create', 'update', 'move', 'delete', 'replace'] as const;

export class Story {
  readonly changes: Change[] = [];
  readonly #say: Say;
  readonly #problems: string[] = [];
  #longest = { address: '', seconds: 0 };
  /** Addresses of what was begun and has not ended. */
  readonly #open = new Set<string>();
  #done = 0;
  #waitsForLock = false;
  #saidAt = performance.now();

  constructor(say: Say) {
    this.#say = say;
  }

  hear(line: string): void {
    const message = parse(line);
    if (message === undefined) return;
    const { type, hook, change, diagnostic } = message;
    this.#hearOfLock(type === 'state_lock_acquire');
    if (type === 'planned_change' && change) this.#plan(change);
    if (diagnostic?.severity === 'error') this.#problems.push(sentence(diagnostic));
    if (hook) this.#follow(type, hook.resource.addr, hook.elapsed_seconds ?? 0);
  }

  /** What took longest of all. */
  longest(): { readonly address: string; readonly seconds: number } {
    return this.#longest;
  }

  /** Addresses of what is not done yet, for whoever asks why it takes so long. */
  waitsFor(): string {
    return this.#open.size === 0 ? 'an answer of AWS' : [...this.#open].join(', ');
  }

  problems(): string {
    return this.#problems.join('\n');
  }

  #hearOfLock(isWaiting: boolean): void {
    if (isWaiting !== this.#waitsForLock) this.#say(isWaiting ? LOCKED : '');
    this.#waitsForLock = isWaiting;
  }

  #plan({ resource, action, reason }: NonNullable<Message['change']>): void {
    const known = ACTIONS.find((one) => one === action);
    if (known === undefined) return;
    this.changes.push({ address: resource.addr, action: known, ...(reason && { reason }) });
  }

  #follow(type: string, address: string, seconds: number): void {
    if (seconds > this.#longest.seconds) this.#longest = { address, seconds };
    if (type === 'apply_start') this.#open.add(address);
    if (type === 'apply_complete' || type === 'apply_errored') {
      this.#open.delete(address);
      this.#done += 1;
    }
    if (process.stdout.isTTY) this.#showFirst(type);
    else if (type === 'apply_progress') this.#tellOfWaiting(address, seconds);
  }

  #showFirst(type: string): void {
    const [first] = this.#open;
    if (type.startsWith('apply_') && first !== undefined) this.#say(`${this.#done} done, ${first}`);
  }

  #tellOfWaiting(address: string, seconds: number): void {
    if (performance.now() - this.#saidAt < PATIENCE) return;
    this.#saidAt = performance.now();
    const others = this.#open.size > 1 ? ` and ${this.#open.size - 1} more` : '';
    this.#say(`still waiting for ${address}${others} (${duration(seconds)})`);
  }
}

function parse(line: string): Message | undefined {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
}

function sentence(problem: NonNullable<Message['diagnostic']>): string {
  const { detail, address } = problem;
  const where = address === undefined || address === '' ? '' : `${address}: `;
  return `${where}${problem.summary}${detail === '' ? '' : `\n${detail}`}`.trim();
}

/** `3 to create, 1 to update`; what is lost is named. */
export function summary(changes: readonly Change[]): string {
  const counts = ACTIONS.map((action) => {
    const those = changes.filter((change) => change.action === action);
    if (those.length === 0) return '';
    const lost = action === 'delete' || action === 'replace';
    const names = lost ? ` (${those.map(({ address }) => address).join(', ')})` : '';
    return `${those.length} to ${action}${names}`;
  }).filter((text) => text !== '');
  return counts.length === 0 ? 'only outputs change' : counts.join(', ');
}

/** Of a summary: `3 created, 1 replaced (…)`. */
export function inPast(what: string): string {
  return what.replaceAll(new RegExp(` to (${ACTIONS.join('|')})\\b`, 'g'), ' $1d');
}
