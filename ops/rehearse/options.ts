/** What a person asks for on the command line, held against what a rehearsal can do. */
import type { Settings } from '../../stacks/settings.ts';
import { WrongUse } from '../deployment/refusal.ts';
import type { EarlierCommit } from './earlier-commit.ts';
import { privateEndpoint } from './endpoint.ts';
import { type Options, type StepName, STEPS } from './run.ts';

export interface Given {
  readonly positionals: readonly string[];
  readonly values: {
    readonly keep: boolean;
    readonly only: string | undefined;
    readonly 'no-traffic': boolean;
    readonly 'deploy-first': boolean;
    readonly from: string | undefined;
    readonly endpoint: string | undefined;
    readonly json: string | undefined;
  };
}

type Table = Readonly<Record<string, Settings>>;

/**
 * @param from the commit that `--from` means
 * @returns one for each environment, in their order. @throws WrongUse
 */
export function readOptions(
  table: Table,
  { positionals, values }: Given,
  from?: EarlierCommit,
): Options[] {
  const names = positionals.length === 0 ? ['dev'] : positionals;
  for (const name of names) refuseImpossible(table, name);
  if (names.length > 1 && (values.keep || values.json !== undefined)) {
    throw new WrongUse('--keep and --json are for one environment');
  }
  refuseContradictions(values);
  return names.map((name) => optionsOf(name, values, from));
}

function optionsOf(
  environment: string,
  values: Given['values'],
  from: EarlierCommit | undefined,
): Options {
  const { keep, only, endpoint, json } = values;
  if (only !== undefined && !isStep(only)) {
    throw new WrongUse(`--only must be one of ${STEPS.join(', ')}, not ${only}`);
  }
  return {
    environment,
    keep,
    traffic: !values['no-traffic'],
    deployFirst: values['deploy-first'],
    ...(only !== undefined && { only }),
    ...(from !== undefined && { from }),
    ...(endpoint !== undefined && { endpoint: privateEndpoint(endpoint) }),
    ...(json !== undefined && { json }),
  };
}

/** @throws WrongUse */
function refuseContradictions({ only, from, ...values }: Given['values']): void {
  if (only === 'traffic' && values['no-traffic']) {
    throw new WrongUse('--only traffic and --no-traffic leave nothing to do');
  }
  if (only === 'upgrade' && from === undefined) {
    throw new WrongUse('--only upgrade needs --from <commit>: what shall be changed?');
  }
  if (from === undefined) return;
  if (only !== undefined && only !== 'upgrade') {
    throw new WrongUse(`--from goes with every step or with --only upgrade, not ${only}`);
  }
  if (values['deploy-first']) {
    throw new WrongUse('--deploy-first is for what is here, --from stands up what was before');
  }
}

/** `clean` is for itself. @throws WrongUse */
export function refuseOthers({ positionals: [, ...others], values }: Given): void {
  const options = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === false ? [] : [`--${name}`],
  );
  const given = [...others, ...options];
  if (given.length > 0) throw new WrongUse(`clean takes nothing, not ${given.join(' ')}`);
}

/** @throws WrongUse */
function refuseImpossible(table: Table, name: string): void {
  const settings = Object.hasOwn(table, name) ? table[name] : undefined;
  if (settings === undefined) {
    const known = Object.keys(table).join(', ');
    throw new WrongUse(`there is no environment '${name}', but ${known}`);
  }
  const reasons = obstacles(settings);
  if (reasons.length > 0) {
    throw new WrongUse(`${name} cannot be rehearsed: ${reasons.join('; ')}`);
  }
}

function obstacles({ door, dataMayBeLost, production }: Settings): string[] {
  return [
    ...('domainName' in door.address
      ? ['it has a domain, and nothing answers HTTPS on an emulated AWS']
      : []),
    ...(dataMayBeLost ? [] : ['its data may not be lost, so that destroy refuses it']),
    ...(production ? ['it is production, which is not filled with the demo'] : []),
  ];
}

function isStep(text: string): text is StepName {
  return STEPS.some((step) => step === text);
}
