/** An environment names nothing of another one: what is tried in one must not touch the other. */
import { PROJECT } from '../../contract.ts';
import type { Place } from '../place.ts';
import { linksIn } from '../written/links.ts';
import { CROSS_STACK, type Program } from '../written/program.ts';
import type { Resource, WrittenStack } from '../written/written-stack.ts';
import { isBlock, namedValues, valuesAt } from './attributes.ts';
import { homeOf, isOfAccount } from './place-of.ts';
import type { Rule } from './policy.ts';

const STATES = 'terraform_remote_state';

export const ownReferences: Rule = {
  name: 'own-references',
  check(stack, refuse, program) {
    const home = homeOf(stack);
    if (home === undefined || isOfAccount(stack)) return;
    for (const state of stack.dataSources.filter(({ type }) => type === STATES)) {
      const wrong = stateProblem(state, home, program);
      if (wrong === undefined) continue;
      for (const user of usersOf(state, stack)) refuse(user, `${user.type} ${wrong}`);
    }
    const foreign = foreignNames(home, program);
    const named = stack.dataSources.filter(({ type }) => type !== STATES);
    for (const resource of [...stack.resources, ...named]) {
      const name = nameIn(resource, foreign);
      if (name === undefined) continue;
      refuse(
        resource,
        `${resource.type} names ${name}, of another environment: name what ${home.label} has itself`,
      );
    }
  },
};

function stateProblem(state: Resource, home: Place, program: Program): string | undefined {
  const { attributes, name } = state;
  const other = program.stacks.find(
    (stack) => name === `${CROSS_STACK}${stack.name}` && keyOf(stack) === keyIn(attributes),
  );
  if (other === undefined) {
    return `reads the state ${keyIn(attributes)}, which is no other stack's of this program: pass what it needs from stack to stack`;
  }
  const its = homeOf(other);
  if (its?.label === home.label) return undefined;
  const isShared =
    isOfAccount(other) && its?.accountId === home.accountId && its.region === home.region;
  return isShared
    ? undefined
    : `refers to ${other.name}, which is neither ${home.label}'s nor its account's: name what ${home.label} has itself`;
}

/** Bucket and name of the file in which a stack keeps its state. */
function keyOf({ whole }: WrittenStack): string {
  const [backend] = valuesAt(whole, 'terraform.backend.s3');
  return isBlock(backend) ? keyIn({ config: backend }) : '';
}

function keyIn(attributes: Resource['attributes']): string {
  const [bucket] = valuesAt(attributes, 'config.bucket');
  const [key] = valuesAt(attributes, 'config.key');
  return `${String(bucket)}/${String(key)}`;
}

/** Whoever wrote the reference; the state itself where only outputs or nobody use it. */
function usersOf(state: Resource, { resources, dataSources }: WrittenStack): Resource[] {
  const users = [...resources, ...dataSources].filter(({ attributes }) =>
    linksIn(attributes).some(({ type, name }) => type === STATES && name === state.name),
  );
  return users.length === 0 ? [state] : users;
}

interface Names {
  readonly pattern: RegExp;
  readonly own: string;
}

/** Beginnings of names such as `fargate-store-dev`, and parts of paths: `fargate-store/dev/`. */
function foreignNames({ label: own }: Place, program: Program): Names {
  const labels = program.stacks
    .filter((stack) => !isOfAccount(stack))
    .flatMap((stack) => homeOf(stack)?.label ?? [])
    // The longest first: `dev-copy` is not dev's.
    .toSorted((a, b) => b.length - a.length);
  const paths = [...new Set(labels)];
  // What dev calls `copy` has the name that dev-copy's things begin with.
  const names = paths.filter((label) => !label.startsWith(`${own}-`));
  const pattern = new RegExp(
    `(?<![a-z0-9])${PROJECT}(?:-(?:${names.join('|')})(?![a-z0-9.])|/(?:${paths.join('|')})(?=/))`,
    'g',
  );
  return { pattern, own };
}

function nameIn({ attributes }: Resource, { pattern, own }: Names): string | undefined {
  for (const [, value] of namedValues(attributes)) {
    if (typeof value !== 'string') continue;
    const found = value.match(pattern)?.find((name) => name.slice(PROJECT.length + 1) !== own);
    if (found !== undefined) return found;
  }
  return undefined;
}
