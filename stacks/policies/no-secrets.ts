/** No password, key or token is in what Terraform gets: files, plans and states are read by many. */
import { linksIn } from '../written/links.ts';
import type { Attributes, Resource, WrittenStack } from '../written/written-stack.ts';
import { assignedIn, namedByTheWordBefore } from './assigned-secrets.ts';
import { camelCase, isBlock, isGiven, isTrue } from './attributes.ts';
import { readJson } from './json-text.ts';
import { secretIn } from './secret-shapes.ts';
import type { Rule } from './policy.ts';

const WHAT_TO_DO =
  'put it into Secrets Manager, and name its ARN; one that was committed is changed too';

/** Attributes whose value is a secret: to name one copies it into files, plans and one more state. */
const SECRET_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_ecr_authorization_token: ['authorization_token', 'password'],
  aws_iam_access_key: ['secret', 'ses_smtp_password_v4'],
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
  random_password: ['result'],
  tls_private_key: ['private_key_openssh', 'private_key_pem', 'private_key_pem_pkcs8'],
};

/** Of databases, which Terraform would know; AWS makes one that nobody has to. */
const PASSWORDS = { aws_db_instance: 'password', aws_rds_cluster: 'master_password' } as const;

export const noSecrets: Rule = {
  name: 'no-secrets',
  check(stack, refuse) {
    for (const resource of [...stack.resources, ...stack.dataSources]) {
      for (const { path, what } of secretsIn(resource.attributes)) {
        // Never the value itself: what is said here is kept in the logs of pipelines.
        refuse(resource, `${path} of ${resource.type} has ${what}: ${WHAT_TO_DO}`);
      }
      const password = knownPassword(resource);
      if (password !== undefined) {
        refuse(
          resource,
          `${resource.type} has a password that Terraform knows: set manageMasterUserPassword: true instead of ${password}`,
        );
      }
    }
    for (const { path, what } of secretsIn(elsewhere(stack))) {
      refuse(stack, `${path} has ${what}: ${WHAT_TO_DO}`);
    }
  },
};

function knownPassword({ type, attributes }: Resource): string | undefined {
  const name = Object.entries(PASSWORDS).find(([database]) => database === type)?.[1];
  if (name === undefined || !isGiven(attributes[name])) return undefined;
  return isTrue(attributes['manage_master_user_password']) ? undefined : camelCase(name);
}

/** Providers, variables, outputs, the place of the state. */
function elsewhere({ whole }: WrittenStack): Attributes {
  const { resource: _, data: __, ...rest } = whole;
  return rest;
}

interface Found {
  readonly path: string;
  readonly what: string;
}

/** Depth first; places in lists are left out of paths: `ingress.cidr_blocks`. */
function* secretsIn(value: unknown, path = '', name = ''): Generator<Found> {
  if (typeof value === 'string') yield* inText(value, path, name);
  else if (Array.isArray(value)) {
    for (const [at, one] of value.entries()) {
      yield* secretsIn(one, path, namedByTheWordBefore(value, at) || name);
    }
  } else if (isBlock(value)) yield* inBlock(value, path, name);
}

function* inBlock(block: Attributes, path: string, called: string): Generator<Found> {
  const { name, value } = block;
  // A variable of a container, or a parameter: what it is called is a value too.
  const isNamed = typeof name === 'string' && typeof value === 'string';
  for (const [key, one] of Object.entries(block)) {
    if (SKIPPED.has(key)) continue;
    if (key === 'value' && isNamed) yield* secretsIn(one, joined(path, name), name);
    // Of a variable or an output: its own name says what it is.
    else if (OF_ITS_OWNER.has(key)) yield* secretsIn(one, joined(path, key), called || key);
    else yield* secretsIn(one, joined(path, key), key);
  }
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The constructs' paths, and a block of Cognito's with `access_token: 'hours'`. */
const SKIPPED = new Set(['//', 'token_validity_units']);

const OF_ITS_OWNER = new Set(['default', 'value']);

function* inText(text: string, path: string, name: string): Generator<Found> {
  const inner = /^\s*[[{]/.test(text) ? readJson(text) : undefined;
  if (inner !== undefined) {
    yield* secretsIn(inner, path, name);
    return;
  }
  const what = secretInText(decoded(text, name), name);
  if (what !== undefined) yield { path, what };
}

function secretInText(text: string, name: string): string | undefined {
  const plain = withoutReferences(text);
  const assigned = assignedIn(text, plain);
  return (
    secretIn(name, plain) ??
    (assigned === undefined ? undefined : `a value for ${assigned}`) ??
    secretNamedIn(text)
  );
}

function secretNamedIn(text: string): string | undefined {
  const link = linksIn(text).find(({ type, attribute }) =>
    SECRET_ATTRIBUTES[type]?.includes(attribute),
  );
  return link && `the value of ${link.type}.${link.name}.${link.attribute}`;
}

/** What machines run when they start may be written as base64. */
function decoded(text: string, name: string): string {
  const isBase64 = /^user_?data/i.test(name) && /^[A-Za-z0-9+/\s]{8,}={0,2}\s*$/.test(text);
  return isBase64 ? Buffer.from(text, 'base64').toString('utf8') : text;
}

/** From the inside out. */
function withoutReferences(text: string): string {
  const plainer = text.replaceAll(/\$\{[^{}]*\}/g, '');
  return plainer === text ? text : withoutReferences(plainer);
}
