import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PINNED_ACTIONS } from './pinned-actions.ts';
import { brokenPromises, problemsOf, problemsOfAction } from './promises.ts';
import { readWorkflow } from './workflow.ts';

const GITHUB = join(import.meta.dirname, '../../.github');
const WORKFLOWS = join(GITHUB, 'workflows');

const textOf = (name: string) => readFileSync(join(WORKFLOWS, `${name}.yml`), 'utf8');
const ACTION = readFileSync(join(GITHUB, 'actions/prepare/action.yml'), 'utf8');
const OWN = 'github.event.pull_request.head.repo.full_name == github.repository';
const NOT_BOT = "\n      && github.event.pull_request.user.login != 'dependabot[bot]'";

test('every workflow keeps every promise', async () => {
  expect(await brokenPromises(WORKFLOWS)).toEqual([]);
});

test('every pinned action is used, by a whole commit', () => {
  const all = readdirSync(WORKFLOWS).map((file) => readFileSync(join(WORKFLOWS, file), 'utf8'));

  for (const [name, { commit }] of Object.entries(PINNED_ACTIONS)) {
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect([...all, ACTION].join('\n')).toContain(`${name}@${commit}`);
  }
});

test.each([
  ['plan', 'on:\n  pull_request:', 'on:\n  pull_request_target:', 'pull_request_target starts it'],
  ['check', '  push:', '  workflow_run:\n  push:', 'workflow_run starts it'],
  ['check', 'permissions: {}', 'permissions: read-all', 'permissions at the top must be {}'],
  ['check', 'permissions: {}\n', '', 'permissions at the top must be {}'],
  ['check', 'contents: read # the code', 'contents: write', 'check: it has contents: write'],
  [
    'check',
    / {4}permissions:\n {6}contents: read # the code\n/,
    '',
    'its permissions must be said',
  ],
  ['check', 'contents: read # the code', 'packages: write', 'check: it has packages: write'],
  ['plan', 'id-token: write', 'issues: write\n      id-token: write', 'take two jobs'],
  ['plan', /      id-token: write.*\n/, '', 'id-token: write goes with a role'],
  ['plan', ` && ${OWN}`, '', 'plan: it may write, so forks and Dependabot are kept out'],
  ['plan', ` && ${OWN}`, ` || ${OWN}`, 'plan: it may write, so forks and Dependabot are kept out'],
  ['plan', `&& ${OWN}`, `&& !(${OWN})`, 'plan: it may write, so forks and Dependabot are kept out'],
  ['plan', NOT_BOT, '', 'plan: it may write, so forks and Dependabot are kept out'],
  ['rehearse', ` && ${OWN}`, '', 'tell: it may write, so forks and Dependabot are kept out'],
  ['rehearse', NOT_BOT, '', 'tell: it may write, so forks and Dependabot are kept out'],
  ['drift', '    timeout-minutes: 30\n', '', 'look: timeout-minutes'],
  ['drift', 'timeout-minutes: 30', 'timeout-minutes: 360', 'look: timeout-minutes'],
  ['drift', /concurrency:\n.*\n.*\n/, '', 'look: concurrency is missing'],
  [
    'deploy',
    /    environment:\n.*\n.*\n/,
    '',
    'first: it applies, so it must name the environment',
  ],
  [
    'deploy',
    'outputs.first).name }}\n      url',
    'outputs.middle).name }}\n      url',
    'must name',
  ],
  ['deploy', /    branches: \[main\]\n/, '', 'only one to main may'],
  ['deploy', 'branches: [main]', 'branches: [main, next]', 'only one to main may'],
  ['deploy', 'branches: [main]', "tags: ['v*']", 'only one to main may'],
  ['deploy', 'runs-on: ubuntu-24.04', 'runs-on: self-hosted', 'runs-on: a machine of GitHub'],
  [
    'deploy',
    /      - run: node ops\/pipelines\/newest.*\n/,
    '',
    'whether something newer is there',
  ],
  ['deploy', 'fetch-depth: 0', 'fetch-depth: 1', 'needs all commits'],
  ['deploy', '        id: released', '        if: always()', 'no step has an if'],
  ['deploy', '"$PLANS" --out "$RUNNER_TEMP/plans"', '"$PLANS" --out plans', 'of the checkout'],
  [
    'deploy',
    '        id: released',
    '        continue-on-error: true',
    'first: continue-on-error hides',
  ],
  ['check', '    runs-on', '    continue-on-error: true\n    runs-on', 'continue-on-error hides'],
  ['check', 'check:image', 'check:image\n        shell: python', 'shell: bash, and not python'],
  [
    'deploy',
    "      - uses: ./.github/actions/prepare\n        with:\n          terraform: 'true'\n",
    '',
    'first: packages are installed before',
  ],
  ['rehearse', 'overwrite: true', 'overwrite: false', 'upload-artifact: overwrite: true'],
  [
    'drift',
    '      ENVIRONMENT: ${{ matrix',
    '      TOKEN: ${{ github.token }}\n      ENVIRONMENT: ${{ matrix',
    'look: github.token is for the step',
  ],
  [
    'plan',
    'env:\n  STORE',
    'env:\n  TOKEN: ${{ github.token }}\n  STORE',
    'github.token is for the step',
  ],
  ['deploy', 'push:', 'workflow_dispatch:\n  push:', 'nothing but a push to main may start it'],
  [
    'deploy',
    'cancel-in-progress: false\n    outputs:\n      digest',
    'x: 1\n    outputs:\n      digest',
    'first: it applies, so it is never cancelled',
  ],
  [
    'deploy',
    'group: deploy-${{ fromJSON',
    'group: all-${{ fromJSON',
    'first: it applies, so its concurrency group',
  ],
  [
    'deploy',
    '    outputs:\n      plans:',
    '    environment: prod\n    outputs:\n      plans:',
    'plan: the role that plans is not trusted with an environment',
  ],
  ['plan', '${{ matrix.environment.planRole }}', 'arn:aws:iam::1:role/admin', 'plan: its role is'],
  [
    'plan',
    '${{ matrix.environment.planRole }}',
    '${{ matrix.environment.applyRole }}',
    'plan: it applies',
  ],
  ['check', /checkout@\w+ # v7.0.1/, 'checkout@v7', 'is no commit of'],
  ['check', 'checkout@3d', 'checkout@4d', 'is no commit of'],
  ['check', 'actions/checkout@', 'somebody/checkout@', 'is no commit of'],
  ['check', ' # v7.0.1', '', 'actions/checkout wants its version behind it: # v7.0.1'],
  ['check', './.github/actions/prepare', './.github/actions/prepared', 'there is no ./.github'],
  ['check', 'persist-credentials: false', 'fetch-depth: 1', 'checkout: persist-credentials: false'],
  [
    'check',
    'persist-credentials: false',
    'persist-credentials: false\n          ref: main',
    'no other ref',
  ],
  ['check', 'run: npm run check', 'run: npm run chekc', 'package.json has no chekc'],
  [
    'check',
    'run: npm run check',
    'run: curl https://example.com',
    'it is no command of the project',
  ],
  ['check', 'run: npm run check', 'run: npm run check && npm run lint', 'more than one command'],
  [
    'plan',
    'run: node ops/pipelines/matrix.ts',
    'run: node ops/pipelines/table.ts',
    'there is no ops/',
  ],
  ['plan', '"$ENVIRONMENT" --out', '${{ github.head_ref }} --out', 'run has an expression'],
  ['plan', '${{ github.token }}', '${{ secrets.DEPLOY_KEY }}', 'it uses a secret'],
  ['plan', '${{ github.token }}', "${{ secrets['DEPLOY_KEY'] }}", 'it uses a secret'],
] as const)('%s with %j as %j is found', (name, from, to, problem) => {
  const text = textOf(name);
  const broken = text.replace(from, to.replaceAll('$', '$$$$'));

  expect(broken).not.toBe(text);
  expect(problemsOf(broken).join('\n')).toContain(problem);
});

test('production gets only what was reviewed, and what was fetched by its digest', () => {
  const { jobs } = readWorkflow(textOf('deploy'));
  const commands = jobs['production']?.steps.flatMap(({ run = [] }) => run) ?? [];

  expect(commands[1]).toMatch(/fetch-plans\.ts "\$ENVIRONMENT" --digest "\$PLANS" --out "\$RUNNER/);
  expect(commands[2]).toMatch(/^npm run promote -- .* --reviewed "\$RUNNER_TEMP\/plans\/review/);
  expect(commands[2]).not.toContain('--yes');
});

test('an action of ours keeps the promises of steps', () => {
  expect(problemsOfAction(ACTION.replace('npm ci', 'npm install'))).toEqual([
    'it is no command of the project: npm install',
  ]);
  expect(problemsOfAction(ACTION.replace('cache: false', 'cache: true'))).toEqual([
    'setup-node: package-manager-cache: false',
  ]);
});
