/** A run of checkov over a folder of stacks: what it found, and whether it read them at all. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../deployment/refusal.ts';
import { pythonWith } from '../python/installation.ts';
import { execute } from '../terraform/execution.ts';
import { Interrupted } from '../terraform/terraform.ts';

/** Seconds; a run over thirty stacks takes six. */
const PATIENCE = 300;

/** Without `--quiet` it also lists what passed. */
const OPTIONS = ['--framework', 'terraform_json', '--skip-download', '--compact', '-o', 'json'];

/** Something that a check has against a resource. */
export interface Finding {
  readonly check: string;
  /** What should be, in checkov's words. */
  readonly title: string;
  /** `stacks/dev-service`: below the folder. */
  readonly stack: string;
  /** As checkov calls it, often without its type: `resource.door_http_221A7719`. */
  readonly resource: string;
  /** Of the construct: `dev-service/door/http`. */
  readonly path: string;
  /** Where it looked; empty when the check does not say. */
  readonly attributes: readonly string[];
}

export interface Scan {
  readonly findings: readonly Finding[];
  /** How often a check was content, by stack. */
  readonly passed: ReadonlyMap<string, number>;
}

/** @returns the Python that has checkov. @throws NotInstalled */
export function checkovsPython(): Promise<string> {
  return pythonWith({
    title: 'checkov',
    folder: 'checkov',
    requirements: join(import.meta.dirname, 'requirements.txt'),
    atLeast: [3, 11],
  });
}

/**
 * @param stacks folders below the folder, each with a `cdk.tf.json`
 * @throws Refusal when a stack was not read which checkov itself takes for a success
 */
export async function scan(folder: string, stacks: readonly string[]): Promise<Scan> {
  const { output, errors } = await runCheckov(folder, OPTIONS);
  const results = readResults(output, lastLine(errors));
  const passed = Map.groupBy(results.passed_checks, stackOf);
  const failed = Map.groupBy([...results.failed_checks, ...brokenIn(errors)], stackOf);
  const findings = [...failed].map(([stack, records]) => findingsOf(folder, stack, records));
  return {
    findings: (await Promise.all(findings)).flat(),
    passed: new Map(stacks.map((stack) => [stack, passed.get(stack)?.length ?? 0])),
  };
}

/** As anybody runs it alone. @returns whether it is content but for these skips */
export async function isCleanBut(folder: string, baseline: string): Promise<boolean> {
  const { code } = await runCheckov(folder, [...OPTIONS, '--baseline', baseline]);
  return code === 0;
}

async function runCheckov(folder: string, options: readonly string[]) {
  const python = await checkovsPython();
  const { PATH = '' } = process.env;
  const args = ['-m', 'checkov.main', '--directory', '.', ...options];
  const outcome = await execute(python, args, {
    folder,
    // No key of its maker's platform, and no .checkov.yaml of whoever runs it.
    environment: { PATH, HOME: folder, CKV_SKIP_PACKAGE_UPDATE_CHECK: 'true', LOG_LEVEL: 'ERROR' },
    output: 'hidden',
    limit: PATIENCE,
  });
  if (outcome.signal !== undefined) throw new Interrupted(`stopped by ${outcome.signal}`);
  return outcome;
}

interface Record {
  readonly check_id: string;
  readonly check_name: string;
  readonly check_result: { readonly evaluated_keys?: readonly string[] };
  /** `/stacks/dev-service/cdk.tf.json` */
  readonly file_path: string;
  readonly resource: string;
}

interface Results {
  readonly passed_checks: readonly Record[];
  readonly failed_checks: readonly Record[];
  /** Files; checkov counts them, and exits with 0. */
  readonly parsing_errors: readonly string[];
}

const NOTHING: Results = { passed_checks: [], failed_checks: [], parsing_errors: [] };

/** A check that broke at a resource is in no list of checkov's: nobody knows what it would have found. */
function brokenIn(errors: string): Record[] {
  const found = [...errors.matchAll(/Failed to run check (\S+) on (\S+?):(\S+)/g)];
  return found.map(([, id = '', file = '', resource = '']) => ({
    check_id: id,
    check_name: `the check itself broke, at ${resource} of ${file}: write it in a way that the check can read`,
    check_result: {},
    file_path: file,
    resource,
  }));
}

/** @param complaint the last thing that checkov said. @throws Refusal when it has not read all */
function readResults(output: string, complaint: string): Results {
  // Where there was nothing to read, it tells of counts alone.
  const { results = NOTHING } = parse(output, complaint) as { results?: Results };
  const { passed_checks: passed, failed_checks: failed, parsing_errors: unread } = results;
  if (unread.length === 0 && passed.length + failed.length > 0) return results;
  throw new Refusal(
    `checkov has read nothing of ${unread.join(', ') || 'what is in the folder'}, which is no success: ${complaint || 'it does not say why'}`,
  );
}

/** @throws Refusal when it is none, as when checkov could not start */
function parse(json: string, complaint: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Refusal(`checkov did not run: ${complaint || json}`, { cause: error });
  }
}

function stackOf({ file_path: file }: Record): string {
  return file.slice(1).replace(/\/[^/]+$/, '');
}

async function findingsOf(
  folder: string,
  stack: string,
  records: readonly Record[],
): Promise<Finding[]> {
  const paths = await constructPaths(join(folder, stack, 'cdk.tf.json'));
  return records.map(({ check_id: check, check_name: title, resource, check_result: result }) => ({
    check,
    title,
    stack,
    resource,
    path: paths.get(resource.replace(/^.*\./, '')) ?? `${stack}/${resource}`,
    attributes: (result.evaluated_keys ?? []).filter((key) => key !== ''),
  }));
}

/** By the resources' names, which say what path they have, and so are of one resource each. */
async function constructPaths(file: string): Promise<Map<string, string>> {
  const { resource } = JSON.parse(await readFile(file, 'utf8')) as {
    resource?: { [type: string]: { [name: string]: { '//'?: { metadata?: { path?: string } } } } };
  };
  const named = Object.values(resource ?? {}).flatMap((byName) => Object.entries(byName));
  return new Map(
    named.flatMap(([name, attributes]) => {
      const path = attributes['//']?.metadata?.path;
      return path === undefined ? [] : [[name, path]];
    }),
  );
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
