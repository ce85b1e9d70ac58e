/** A token of a GitHub job, and why AWS would not take it for a role. It is never shown. */
import type { Environment } from '../../stacks/place.ts';
import {
  AUDIENCE,
  ISSUER,
  type Pipeline,
  subjectsOf,
  trustOf,
} from '../../stacks/pipelines/subjects.ts';
import { type Diagnosis, ok, wrong } from './diagnosis.ts';

/** https://docs.github.com/actions/reference/security/oidc#oidc-token-claims */
export interface Claims {
  readonly iss?: string;
  readonly aud?: string | readonly string[];
  readonly sub?: string;
  /** `refs/heads/main`; of a pull request `refs/pull/1/merge`. */
  readonly ref?: string;
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
  if (iss.startsWith(`${wanted}/`)) return wrong('token: iss', ownIssuer(iss, wanted));
  return wrong(
    'token: iss',
    `it is from ${iss}, and ${wanted} is trusted: use a token that a job of GitHub asked for`,
  );
}

/** https://docs.github.com/enterprise-cloud@latest/actions/reference/security/oidc */
function ownIssuer(iss: string, wanted: string): string {
  const enterprise = iss.slice(wanted.length + 1);
  return `it is from ${iss}, the issuer that your enterprise has of its own, and ${wanted} is trusted. An owner of the enterprise sets it back:\ngh api --method PUT enterprises/${enterprise}/actions/oidc/customization/issuer -F include_enterprise_slug=false`;
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
  const pipeline = PIPELINES.find((each) => subjectsOf(environment, each).includes(sub));
  if (pipeline === undefined) {
    return [wrong('token: sub', `it says ${sub || 'nothing'}. ${mismatch(claims, environment)}`)];
  }
  const differing = otherClaims(claims, environment, pipeline);
  if (differing.length > 0) return differing;
  const other = pipeline === 'plan' ? 'apply' : 'plan';
  return [ok('token: sub', `${sub} may ${pipeline} ${name}; to ${other}, ${jobHint(other, name)}`)];
}

/** What a role asks of a token beside its subject, and this one does not say. */
function otherClaims(claims: Claims, environment: Environment, pipeline: Pipeline): Diagnosis[] {
  return Object.entries(trustOf(environment, pipeline)).flatMap(([key, wanted]) => {
    const claim = key.replace(`${ISSUER}:`, '');
    const said = (claims as Readonly<Record<string, string | undefined>>)[claim] ?? 'nothing';
    if (claim === 'aud' || wanted.includes(said)) return [];
    const advice = claim === 'ref' ? ON_BRANCH : tableAdvice(claims, environment.name);
    const text = `it says ${said}, and the role to ${pipeline} ${environment.name} takes ${wanted.join(' or ')} only`;
    return [wrong(`token: ${claim}`, `${text}: ${advice}`)];
  });
}

const ON_BRANCH =
  'let the job run on that branch, after the merge. Who can edit a workflow could write the name of an environment into it';

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
    ? `write 'environment: ${name}' into the job and let it run on main`
    : 'let the job run for pull_request or on main, without an environment';
}

/** Of a repository that was deleted and made again, or is another. */
function tableAdvice(claims: Claims, name: string): string {
  return `if it is the right repository, write into stacks/environments.ts, then npm run bootstrap -- ${name}:\n${setting(claims)}`;
}

/** As far as the token knows it. */
function setting(claims: Claims): string {
  const { repository = '…', repository_owner_id: owner = '…', repository_id: id = '…' } = claims;
  return `github: { repository: '${repository}', ownerId: '${owner}', repositoryId: '${id}', provider: 'create' }`;
}
