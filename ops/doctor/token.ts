/** A token of a GitHub job, and why AWS would not take it for a role. It is never shown. */
import type { Environment } from '../../stacks/place.ts';
import { AUDIENCE, ISSUER, type Pipeline, subjectsOf } from '../../stacks/pipelines/subjects.ts';
import { type Diagnosis, ok, wrong } from './diagnosis.ts';

/** https://docs.github.com/actions/reference/security/oidc#oidc-token-claims */
export interface Claims {
  readonly iss?: string;
  readonly aud?: string | readonly string[];
  readonly sub?: string;
  /** Seconds since 1970. */
  readonly exp?: number;
  readonly repository?: string;
  readonly repository_id?: string;
  readonly repository_owner_id?: string;
}

/** Reads what AWS would check the signature of first. @returns undefined when it is no token at all */
export function claimsOf(token: string): Claims | undefined {
  const [, payload, signature] = token.trim().split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}

export function tokenFindings(token: string, environment: Environment, now: Date): Diagnosis[] {
  const claims = claimsOf(token);
  if (claims === undefined) {
    return [
      wrong('token', 'it is no JSON Web Token: three parts with dots between them were expected'),
    ];
  }
  return [issuer(claims), audience(claims), end(claims, now), ...subject(claims, environment)];
}

function issuer({ iss = 'nobody' }: Claims): Diagnosis {
  const wanted = `https://${ISSUER}`;
  if (iss === wanted) return ok('token: iss', iss);
  return wrong(
    'token: iss',
    `it is from ${iss}, and ${wanted} is trusted: use a token that a job of GitHub asked for`,
  );
}

function audience({ aud = [] }: Claims): Diagnosis {
  const found = [aud].flat();
  if (found.includes(AUDIENCE)) return ok('token: aud', AUDIENCE);
  return wrong(
    'token: aud',
    `it is for ${found.join(', ') || 'nobody'}, and the roles take tokens for ${AUDIENCE}: take 'audience' out of the workflow's aws-actions/configure-aws-credentials, or ask with &audience=${AUDIENCE}`,
  );
}

function end({ exp = 0 }: Claims, now: Date): Diagnosis {
  const seconds = Math.round(exp - now.getTime() / 1000);
  if (seconds > 0) return ok('token: exp', `${seconds} s left`);
  return wrong(
    'token: exp',
    `it expired ${-seconds} s ago: tokens live for minutes, ask for a new one`,
  );
}

const PIPELINES = ['plan', 'apply'] as const;

function subject(claims: Claims, environment: Environment): Diagnosis[] {
  const { sub = '' } = claims;
  const { github, name } = environment;
  if (github === undefined) {
    return [
      wrong(
        'token: sub',
        `${name} trusts no repository. Write into stacks/environments.ts:\n${setting(claims)}`,
      ),
    ];
  }
  const may = PIPELINES.filter((pipeline) => subjectsOf(environment, pipeline).includes(sub));
  if (may.length > 0) {
    const others = PIPELINES.filter((pipeline) => !may.includes(pipeline));
    const hints = others.map((pipeline) => `; to ${pipeline}, ${jobHint(pipeline, name)}`);
    return [ok('token: sub', `${sub} may ${may.join(' and ')} ${name}${hints.join('')}`)];
  }
  return [wrong('token: sub', `it says ${sub || 'nothing'}. ${mismatch(claims, environment)}`)];
}

/** Which part differs, and what to write where. */
function mismatch(claims: Claims, environment: Environment): string {
  const [kind = '', repository = '', ...job] = (claims.sub ?? '').split(':');
  const forms = new Set(
    PIPELINES.flatMap((pipeline) => subjectsOf(environment, pipeline)).map(
      (each) => each.split(':')[1] ?? '',
    ),
  );
  if (kind !== 'repo' || job.length === 0) return otherForm(claims);
  if (!forms.has(repository)) return otherRepository(repository, claims, environment);
  return otherJob(job.join(':'), environment.name);
}

/** Owners can have subjects made of other claims. */
function otherForm({ repository = '<owner>/<repository>' }: Claims): string {
  return `The repository makes its subjects in a form of its own; have GitHub's usual one:\ngh api --method PUT repos/${repository}/actions/oidc/customization/sub -F use_default=true`;
}

function otherRepository(found: string, claims: Claims, { github, name }: Environment): string {
  const wanted = github?.repository ?? '';
  const plain = found.replaceAll(/@\d+/g, '');
  const write = `Write into stacks/environments.ts, then npm run bootstrap -- ${name}:\n${setting(claims)}`;
  if (plain === wanted) {
    return `The numbers differ: the table has ${github?.ownerId} for the owner and ${github?.repositoryId} for the repository. Was it deleted and made again? ${write}`;
  }
  if (plain.toLowerCase() === wanted.toLowerCase()) {
    return `AWS compares letter by letter, and the table says ${wanted}. ${write}`;
  }
  return `It is of the repository ${plain}, and ${name} trusts ${wanted}. Was it renamed or moved? ${write}`;
}

function otherJob(job: string, name: string): string {
  if (job.startsWith('environment:')) {
    return `The job is of GitHub's ${job.replace(':', ' ')}, not ${name}: ${jobHint('apply', name)}`;
  }
  return `No role trusts a job of '${job}': ${PIPELINES.map((pipeline) => `to ${pipeline}, ${jobHint(pipeline, name)}`).join('; ')}`;
}

function jobHint(pipeline: Pipeline, name: string): string {
  return pipeline === 'apply'
    ? `write 'environment: ${name}' into the job`
    : 'let the job run for pull_request or on main, without an environment';
}

/** As far as the token knows it. */
function setting(claims: Claims): string {
  const { repository = '…', repository_owner_id: owner = '…', repository_id: id = '…' } = claims;
  return `github: { repository: '${repository}', ownerId: '${owner}', repositoryId: '${id}', provider: 'create' }`;
}
