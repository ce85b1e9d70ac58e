/**
 * What each role may do, pinned: who adds a role or a permission sees it here, and so does who
 * reviews it. `npx jest ops/permissions/pinned --selectProjects unit -u` writes it anew.
 */
import { PROJECT } from '../../contract.ts';
import type { Statement } from './evaluator/policy.ts';
import { asText } from './layout.ts';
import { statementLines } from './statement-lines.ts';
import { type Known, somePermissions } from './testing/some-permissions.ts';

const { dev, prod } = somePermissions();

/** As in a project and an environment of any name. */
function nameless({ roles, environment: { label, prefix } }: Known): Known['roles'] {
  const text = JSON.stringify(roles)
    .replaceAll(prefix, '<prefix>')
    .replaceAll(new RegExp(`(?<=[/:"-])${RegExp.escape(PROJECT)}(?=[/"*-])`, 'g'), '<project>')
    .replaceAll(new RegExp(`(?<=[/:"<])${RegExp.escape(label)}(?=[/"-])`, 'g'), '<env>');
  return JSON.parse(text) as Known['roles'];
}

/** One line for each action on each resource. */
function permissionsIn(known: Known): Set<string> {
  const lines = nameless(known).flatMap(({ name, policies }) =>
    policies.flatMap(({ statements }) =>
      statements.flatMap(apart).map((each) => `${name} ${each}`),
    ),
  );
  return new Set(lines);
}

function apart(statement: Statement): string[] {
  return statement.actions.patterns.flatMap((action) =>
    (statement.resources?.patterns ?? []).map((resource) => {
      const actions = { allBut: statement.actions.allBut, patterns: [action] };
      const resources = { allBut: statement.resources?.allBut ?? false, patterns: [resource] };
      return statementLines({ ...statement, actions, resources }, (arn) => arn)
        .map((line) => line.trim().replaceAll(/ +/g, ' '))
        .join(' ');
    }),
  );
}

test('what the roles of production may do', () => {
  expect(asText(nameless(prod), prod.environment)).toMatchSnapshot();
});

test('other environments differ by what they have or have not', () => {
  const [ofDev, ofProd] = [permissionsIn(dev), permissionsIn(prod)];

  expect({
    onlyInDev: [...ofDev.difference(ofProd)],
    onlyInProd: [...ofProd.difference(ofDev)],
  }).toMatchSnapshot();
});

test('nothing is attached whose text is not here', () => {
  const unknown = [...dev.roles, ...prod.roles].flatMap((role) => role.unknownPolicies);

  expect(unknown).toEqual([]);
});
