/** Databases: real ones, under their own name, with a certificate for it. */
import {
  DeleteDBInstanceCommand,
  DescribeDBInstancesCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { docker } from './engine.ts';
import { leftOf } from './network.ts';
import { eventually } from './testing/runs.ts';
import { DATABASE, Stage } from './testing/stage.ts';
import { areThereContainers, NODE_IMAGE } from './testing/with-containers.ts';

const { DBInstanceIdentifier } = DATABASE;

let stage: Stage;
let rds: RDSClient;
let host: string;

beforeAll(async () => {
  if (!areThereContainers) return;
  stage = await Stage.open({}, 'empty');
  rds = new RDSClient(stage.client());
  await stage.startDatabase();
  host = await eventually('a database', async () => {
    const { DBInstances } = await rds.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier }),
    );
    const { DBInstanceStatus, Endpoint } = DBInstances?.[0] ?? {};
    return DBInstanceStatus === 'available' ? Endpoint?.Address : undefined;
  });
});

afterAll(async () => {
  if (areThereContainers) await stage.close();
});

/** Begins TLS as PostgreSQL's clients do, and verifies everything. */
const HANDSHAKE = `
  const [host, ca] = process.argv.slice(1);
  const socket = require('net').connect(5432, host, () =>
    socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
  socket.once('data', (said) => {
    const secure = require('tls').connect({ socket, servername: host, ca }, () => {
      console.log(said.toString(), secure.authorized, secure.getPeerCertificate().subjectaltname);
      process.exit();
    });
    secure.on('error', ({ code }) => { console.log(code); process.exit(); });
  });
  socket.on('error', ({ code }) => { console.log(code); process.exit(); });`;

/** From a container on the network, which is all that a task is. */
async function connect(ca: string): Promise<string> {
  const place = ['--rm', '--network', stage.network.name, '--label', stage.network.label];
  return docker('run', ...place, NODE_IMAGE, 'node', '-e', HANDSHAKE, host, ca);
}

test('tasks verify it by its name and its own authority, in full', async () => {
  const authority = await fetch(`${stage.emulator.endpoint}/_ministack/rds/ca.pem`);

  const said = await connect(await authority.text());

  expect(host).toMatch(/^books\.[0-9a-f]{12}\.eu-central-1\.rds\.amazonaws\.com$/);
  expect(said).toContain('S true ');
  expect(said).toContain(`DNS:${host}`);
});

test('whoever does not know the authority is warned', async () => {
  expect(await connect('')).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET/);
});

test('its container is the ordinary image, and nothing of it is published', async () => {
  const container = (await leftOf(stage.network.name)).find((each) => /rds/.test(each)) ?? '';
  const field =
    '{{.Config.Image}} {{json .NetworkSettings.Ports}} {{json .NetworkSettings.Networks}}';

  const said = await docker('inspect', '--format', field, container.replace('container ', ''));
  const [image, ports = '', networks = ''] = said.split(' ');

  expect(image).toBe('postgres:17');
  // The image offers its port; no place on this machine leads to it.
  expect(Object.values(JSON.parse(ports) as object).filter(Boolean)).toEqual([]);
  expect(Object.keys(JSON.parse(networks) as object)).toEqual([stage.network.name]);
});

test('its container goes with it', async () => {
  await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier, SkipFinalSnapshot: true }));

  const left = await eventually('an empty network', async () => {
    const found = await leftOf(stage.network.name);
    return found.length === 1 ? found : undefined;
  });

  expect(left).toEqual([`network ${stage.network.name}`]);
});
