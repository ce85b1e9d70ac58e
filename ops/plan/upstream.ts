/** What a stack reads of those before it: their outputs, and parameters that they make. */
import { standIn } from './stand-ins.ts';
import type { Shown, Upstream, Written } from './written.ts';

/** As cdktf writes them: the stack, and the output. */
export const REMOTE_OUTPUT =
  /data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)/g;

/** A name in Terraform that is read, such as `${aws_vpc.vpc.id}`, alone or within a text. */
const REFERENCE = /\$\{([^}]+)\}/g;

/** @param text of the stack that reads. @returns stacks that are to be applied before it can be planned for good */
export function neededFirst(text: string, upstream: readonly Upstream[]): string[] {
  const outputs = Array.from(text.matchAll(REMOTE_OUTPUT), ([, stack, output]) => ({
    stack,
    output: output ?? '',
  }));
  const parameters = parametersReadBy(JSON.parse(text) as Written);
  return upstream
    .filter(
      ({ stack, shown }) =>
        outputs.some((read) => read.stack === stack && willChange(shown, read.output)) ||
        [...parameters.values()].some((name) => newParameter(shown, name) !== undefined),
    )
    .map(({ stack }) => stack);
}

/** Names of parameters in AWS, by what the stack calls them. */
export function parametersReadBy({ data = {} }: Written): Map<string, string> {
  return new Map(
    Object.entries(data['aws_ssm_parameter'] ?? {}).map(([id, { name }]) => [id, String(name)]),
  );
}

/** @returns its attributes as they will be; undefined where it is there already, or is not made here */
export function newParameter(
  { resource_changes: changes = [] }: Shown,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  return changes
    .filter(({ type, change }) => type === 'aws_ssm_parameter' && change.actions[0] === 'create')
    .map(({ change }) => change.after as Readonly<Record<string, unknown>>)
    .find((after) => after['name'] === name);
}

/** What an output will be as far as it is known, and stand-ins for the rest. */
export function outputOf(
  { written, shown }: Upstream,
  output: string,
  place: Parameters<typeof standIn>[2],
): unknown {
  const text = JSON.stringify(written.output ?? {});
  const references = [...new Set(Array.from(text.matchAll(REFERENCE), ([one]) => one))];
  const known = (value: string) => references.indexOf(value) + 1;
  const stand = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(stand);
    if (typeof value !== 'string') return value;
    const whole = /^\$\{([^}]+)\}$/.exec(value)?.[1];
    if (whole !== undefined) return standIn(whole, known(value), place);
    return value.replaceAll(REFERENCE, (all, one: string) =>
      String(standIn(one, known(all), place)),
    );
  };
  const { after, after_unknown: unknown } = shown.output_changes?.[output] ?? { actions: [] };
  return filled(after, unknown, stand(written.output?.[output]?.value));
}

function filled(after: unknown, unknown: unknown, stand: unknown): unknown {
  if (unknown === true) return stand;
  if (!Array.isArray(after) || !Array.isArray(unknown)) return after;
  const stands: readonly unknown[] = Array.isArray(stand) ? stand : [];
  return after.map((value, index) => filled(value, unknown[index], stands[index]));
}

function willChange({ output_changes: changes = {} }: Shown, output: string): boolean {
  return (changes[output]?.actions ?? []).some((action) => action !== 'no-op');
}
