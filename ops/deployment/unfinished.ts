/** What a run that did not come to its end was making. */
import type { Change } from './story.ts';

/** What holds data, or what others refer to; some of it refuses to be taken away. */
const KEPT = new Set([
  'aws_cognito_user_pool',
  'aws_db_instance',
  'aws_ecr_repository',
  'aws_kms_key',
  'aws_lb',
  'aws_s3_bucket',
  'aws_secretsmanager_secret',
  'aws_vpc',
]);

/** Whether Terraform would make anew what only needs to be finished. */
export function isBrokenOff({ address, action, reason }: Change): boolean {
  const [type = ''] = address.split('.');
  return action === 'replace' && reason === 'tainted' && KEPT.has(type);
}

/** Errors that name what exists by the same id as `terraform import` does. */
const EXISTS =
  /^(?<address>\S+): creating [^(\n]+\((?<id>[^)\n]+)\): [^\n]*(?:DBInstanceAlreadyExists|BucketAlreadyOwnedByYou)/gm;

/** What to type when the state lost it; empty when that is not the trouble. */
export function howToTakeOver(problems: string, stack: string): string {
  const folder = `-chdir=cdktf.out/stacks/${stack}`;
  const imports = Array.from(
    problems.matchAll(EXISTS),
    ({ groups }) => `\n  terraform ${folder} import ${groups?.['address']} '${groups?.['id']}'`,
  );
  if (imports.length === 0) return '';
  return `\nIt exists, but the state does not know it: a run that was killed may have made it. If so, take it over and run the same command again:
  npm run synth && terraform ${folder} init${imports.join('')}`;
}
