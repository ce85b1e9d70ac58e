/** A stack that reads what is not there yet, rewritten so that it can be planned all the same. */
import { join } from 'node:path';
import { newParameter, outputOf, parametersReadBy, REMOTE_OUTPUT } from './upstream.ts';
import type { Upstream, Written } from './written.ts';

interface Standing {
  /** Those whose outputs are not as they will be; of the others the real ones are read. */
  readonly upstream: readonly Upstream[];
  readonly accountId: string;
  readonly region: string;
  /** Where a state may be written that says what an upstream stack will tell. */
  readonly folder: string;
}

interface Rewritten {
  /** Of the stack. */
  readonly text: string;
  /** Texts of states, by their files. */
  readonly states: Readonly<Record<string, string>>;
}

/** Changing: data sources are exchanged or go. */
interface Sources {
  data?: Record<string, Record<string, object>>;
  locals?: Record<string, unknown>;
}

/** @param text of the synthesised stack. @returns the same, on planned outputs and stand-ins */
export function onStandIns(text: string, { upstream, folder, ...place }: Standing): Rewritten {
  const written = JSON.parse(withParameters(text, upstream)) as Sources;
  const states: Record<string, string> = {};
  for (const owner of upstream) {
    const outputs = outputsReadOf(owner.stack, text).map((name) => {
      const value = outputOf(owner, name, place);
      return [name, { value, type: typeOf(value) }] as const;
    });
    const path = join(folder, `${owner.stack}.planned.tfstate`);
    states[path] = JSON.stringify({ ...EMPTY_STATE, outputs: Object.fromEntries(outputs) });
    const source = `cross-stack-reference-input-${owner.stack}`;
    const remote = written.data?.['terraform_remote_state'];
    if (remote?.[source] !== undefined) remote[source] = { backend: 'local', config: { path } };
  }
  return { text: JSON.stringify(written, null, 2), states };
}

/** The least that Terraform takes for a state. */
const EMPTY_STATE = {
  version: 4,
  terraform_version: '1.11.0',
  serial: 1,
  lineage: 'planned',
  resources: [],
};

function outputsReadOf(stack: string, text: string): string[] {
  const read = Array.from(text.matchAll(REMOTE_OUTPUT));
  return [...new Set(read.filter((one) => one[1] === stack).map((one) => one[2] ?? ''))];
}

/** Parameters that AWS does not know yet are said by the stack itself. */
function withParameters(text: string, upstream: readonly Upstream[]): string {
  const locals: Record<string, unknown> = {};
  const gone: string[] = [];
  let rewritten = text;
  for (const [id, name] of parametersReadBy(JSON.parse(text) as Written)) {
    const made = upstream.map(({ shown }) => newParameter(shown, name)).find(Boolean);
    if (made === undefined) continue;
    rewritten = rewritten.replaceAll(`data.aws_ssm_parameter.${id}.`, `local.${id}_`);
    for (const [attribute, value] of Object.entries(made)) locals[`${id}_${attribute}`] = value;
    gone.push(id);
  }
  if (gone.length === 0) return text;
  const written = JSON.parse(rewritten) as Sources;
  const parameters = written.data?.['aws_ssm_parameter'] ?? {};
  for (const id of gone) delete parameters[id];
  // Terraform takes no type without a member.
  if (Object.keys(parameters).length === 0) delete written.data?.['aws_ssm_parameter'];
  return JSON.stringify({ ...written, locals: { ...written.locals, ...locals } });
}

/** As Terraform writes types into states. */
function typeOf(value: unknown): unknown {
  if (Array.isArray(value)) return ['tuple', value.map(typeOf)];
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'boolean' ? 'bool' : typeof value;
  }
  return ['object', Object.fromEntries(Object.entries(value).map(([k, one]) => [k, typeOf(one)]))];
}
