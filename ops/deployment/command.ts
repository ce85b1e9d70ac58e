/** The frame of a command: its arguments, its help, and the exit code that its end is worth. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { GuardRailError } from '../../stacks/policies/guard-rail-error.ts';
import { SettingsError } from '../../stacks/settings-error.ts';
import { WrongMirror } from '../terraform/providers.ts';
import { ProviderOutOfReach } from '../terraform/registry.ts';
import { Interrupted, NoTerraform } from '../terraform/terraform.ts';
import { outsideTrouble } from './outside.ts';
import { Refusal, WrongUse } from './refusal.ts';

/** sysexits.h EX_USAGE: the command was used incorrectly. */
const EXIT_USAGE = 64;
/** 128 and the number of SIGINT, as in shells. */
const EXIT_INTERRUPTED = 130;

type Options = NonNullable<ParseArgsConfig['options']>;
type Value<Option> = Option extends { readonly type: 'boolean' } ? boolean : string;
type Values<Accepted extends Options> = {
  readonly [Name in keyof Accepted]: Accepted[Name] extends { readonly default: unknown }
    ? Value<Accepted[Name]>
    : Value<Accepted[Name]> | undefined;
};

interface Arguments<Accepted extends Options> {
  readonly values: Values<Accepted>;
  readonly positionals: readonly string[];
}

interface Command<Accepted extends Options> {
  /** `release`: errors begin with it. */
  readonly name: string;
  readonly usage: string;
  readonly options: Accepted;
  /** What a person does after Ctrl-C. @default runs the same command to go on from here */
  readonly afterInterruption?: string;
  /** @returns an exit code. @throws Refusal, Interrupted, SettingsError, what is missing of Terraform */
  readonly run: (given: Arguments<Accepted>) => Promise<number>;
}

/** What people can do something about is one sentence; anything else is a fault of ours, with its stack. */
export async function runCommand<const Accepted extends Options>(
  command: Command<Accepted>,
  args = process.argv.slice(2),
): Promise<number> {
  const { name, usage, options, run, afterInterruption } = command;
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  try {
    return await run(read(options, args));
  } catch (error) {
    if (error instanceof WrongUse) console.error(`${usage}\n`);
    return explain(name, error, afterInterruption);
  }
}

/** Says what went wrong. @returns the exit code that it is worth. @throws what is a fault of ours */
export function explain(
  name: string,
  error: unknown,
  afterInterruption = 'run the same command to go on from here',
): number {
  if (error instanceof Interrupted) {
    console.error(`${name}: ${error.message}; ${afterInterruption}`);
    return EXIT_INTERRUPTED;
  }
  const sentence = isExplained(error) ? error.message : outsideTrouble(error);
  if (sentence === undefined) throw error;
  console.error(`${name}: ${sentence}`);
  return error instanceof WrongUse ? EXIT_USAGE : 1;
}

/** The one environment that a command is for. @throws WrongUse */
export function oneEnvironment(positionals: readonly string[]): string {
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) {
    throw new WrongUse(`one environment is needed, not ${JSON.stringify(positionals)}`);
  }
  return name;
}

function read<Accepted extends Options>(options: Accepted, args: string[]): Arguments<Accepted> {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    // The same in other words: Node's types lose which option takes what.
    return { values: values as unknown as Values<Accepted>, positionals };
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
}

function isExplained(error: unknown): error is Error {
  const kinds = [
    Refusal,
    SettingsError,
    GuardRailError,
    NoTerraform,
    ProviderOutOfReach,
    WrongMirror,
  ];
  return kinds.some((kind) => error instanceof kind);
}
