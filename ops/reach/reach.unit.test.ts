import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { SERVICE_PORT } from '../../contract.ts';
import {
  CLIENT,
  DOOR,
  Planted,
  TASK,
  withEndpoints,
} from '../../stacks/reachability/testing/planted.ts';
import { addEnvironment } from '../../stacks/store.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { findingsIn, findingsOf } from './findings.ts';
import { pageOf } from './page.ts';
import { asPicture } from './picture.ts';
import { asTable } from './table.ts';

const dev = findingsIn(anEnvironment());
const broken = findingsOf(withFaults().app);

/** What synthesis refuses: a function among the database's clients, and half of a way. */
function withFaults(): Planted {
  const store = new Planted();
  addEnvironment(store.app, anEnvironment());
  new LambdaFunction(store.stack('database'), 'report', {
    functionName: 'report',
    role: 'x',
    vpcConfig: {
      subnetIds: [store.id('dev-network/vpc/private-a')],
      securityGroupIds: [store.id(CLIENT)],
    },
  });
  new VpcSecurityGroupEgressRule(store.stack('service'), 'half', {
    securityGroupId: store.id(DOOR),
    referencedSecurityGroupId: store.id(TASK),
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
  });
  return store;
}

test('the table says from, to, port and by which rules', () => {
  const lines = asTable('dev', dev, 100).split('\n');

  expect(lines).toContainEqual(
    expect.stringMatching(
      new RegExp(`^door +service +tcp ${SERVICE_PORT} +dev-service/task-group/from-door/out$`),
    ),
  );
  expect(lines).toContain('Loose ends, rules that open nothing: none');
  expect(lines).toContain('Promises broken, or not to be judged: none');
});

test('the picture of an environment that is refused is shown too', () => {
  expect(asPicture(broken)).toContain('["function dev-database/report"]');
  expect(broken.problems.map(({ path }) => path)).toEqual(['dev-database/report']);
  expect(broken.looseEnds).toEqual([
    `dev-service/half: ${DOOR} to ${TASK} on tcp 22 opens nothing, as nobody is there or nobody there agrees`,
  ]);
});

test('a terminal of 100 columns is wide enough', () => {
  const lines = asTable('dev', broken, 100).split('\n');

  expect(lines.filter((line) => line.length > 100)).toEqual([]);
});

test('the picture goes from the internet to the database, through the kinds of subnets', () => {
  expect(asPicture(dev).split('\n')).toEqual([
    'flowchart LR',
    '  internet(["internet"])',
    '  gateway(["S3 by endpoint"])',
    '  outside(["internet by NAT"])',
    '  subgraph public_subnets["public subnets"]',
    '    door["door"]',
    '  end',
    '  subgraph private_subnets["private subnets"]',
    '    service["service"]',
    '    oneoff["migration, rotation and psql"]',
    '  end',
    '  subgraph isolated_subnets["isolated subnets"]',
    '    database[("database")]',
    '  end',
    '  internet -->|"tcp 80"| door',
    `  door -->|"tcp ${SERVICE_PORT}"| service`,
    '  service -->|"tcp 5432"| database',
    '  service -->|"tcp 443"| gateway',
    '  service -->|"tcp 443"| outside',
    '  oneoff -->|"tcp 5432"| database',
    '  oneoff -->|"tcp 443"| gateway',
    '  oneoff -->|"tcp 443"| outside',
  ]);
});

test('what the internet may, is not drawn for everybody else', () => {
  const prod = findingsIn(anEnvironment('prod'));

  const picture = asPicture(prod);

  expect(prod.ways).toContainEqual(expect.objectContaining({ from: 'service', to: 'door' }));
  expect(picture).toContain('internet -->|"tcp 80, 443"| door');
  expect(picture).not.toContain('service -->|"tcp 443"| door');
});

test('private subnets without a NAT gateway hold tasks and endpoints', () => {
  const [, members] = /private_subnets.*\n([^]*?)\n {2}end/.exec(
    asPicture(findingsIn(withEndpoints)),
  ) as RegExpExecArray;

  expect(members?.split('\n').map((line) => line.trim())).toEqual([
    'service["service"]',
    'oneoff["migration, rotation and psql"]',
    'endpoints["endpoints"]',
  ]);
});

test('environments that look the same share a section of the page', () => {
  const environments = (['dev', 'staging', 'prod'] as const).map((name) => anEnvironment(name));

  const page = pageOf(environments);

  expect(page.match(/^## .*/gm)).toEqual(['## dev', '## staging, prod']);
  expect(page).not.toContain(anEnvironment().prefix);
});
