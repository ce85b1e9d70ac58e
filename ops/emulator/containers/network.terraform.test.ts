/** Where an emulator with containers can be reached, and what is left when it is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname } from 'node:path';
import { docker } from './engine.ts';
import { leftOf, removeEverything } from './network.ts';
import { eventually } from './testing/runs.ts';
import { Stage } from './testing/stage.ts';
import './testing/with-containers.ts';

async function answers(host: string, port: string): Promise<boolean> {
  const socket = connect({ host, port: Number(port) });
  const isConnected = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isConnected;
}

test('it answers on loopback and on its own bridge, nowhere else', async () => {
  const stage = await Stage.open({}, 'empty');
  const { port } = new URL(stage.emulator.endpoint);
  const addresses = Object.values(networkInterfaces()).flatMap((each = []) => each);
  const others = addresses.filter(({ address }) => address !== stage.network.gateway);

  const own = [await answers('127.0.0.1', port), await answers(stage.network.gateway, port)];
  const reached = [];
  for (const { address, internal, scopeid } of others) {
    const isOther = !internal && !scopeid;
    if (isOther && (await answers(address, port))) reached.push(address);
  }
  const { name } = stage.network;
  const isInternal = await docker('network', 'inspect', '--format', '{{.Internal}}', name);
  await stage.close();

  expect(own).toEqual([true, true]);
  expect(reached).toEqual([]);
  // The engine lets nothing out of it.
  expect(isInternal).toBe('true');
});

test('two have their containers beside each other, and each ends alone', async () => {
  const [first, second] = await Promise.all([Stage.open({}, 'empty'), Stage.open({}, 'empty')]);
  await Promise.all([first, second].map((stage) => stage.startDatabase()));

  const before = await leftOf(second.network.name);
  await first.close();
  const after = await leftOf(second.network.name);
  await second.close();

  // Its network, its database and what is kept of that.
  expect(before).toHaveLength(3);
  expect(after).toEqual(before);
  expect(await leftOf(first.network.name)).toEqual([]);
});

test('what a killed one leaves is found by its name, and removed', async () => {
  const name = `killed-${process.pid}`;
  const program = `
    import { createNetwork } from ${JSON.stringify(import.meta.resolve('./network.ts'))};
    import { startEmulator } from ${JSON.stringify(import.meta.resolve('../emulator.ts'))};
    const containers = await createNetwork(${JSON.stringify(name)});
    const place = { accountId: '123456789012', region: 'eu-central-1', containers };
    const { endpoint, logFile } = await startEmulator(place);
    console.log(JSON.stringify({ endpoint, logFile }));`;
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const [line] = (await once(starter.stdout, 'data')) as [Buffer];
  const { endpoint, logFile } = JSON.parse(line.toString()) as Record<string, string>;
  await Stage.startDatabaseAt(endpoint ?? '');

  starter.kill('SIGKILL');
  await eventually('the end of the emulator', async () =>
    (await answers('127.0.0.1', new URL(endpoint ?? '').port)) ? undefined : true,
  );
  const removed = await removeEverything(name);
  await rm(dirname(logFile ?? ''), { recursive: true, force: true });

  expect(removed).toEqual([
    expect.stringMatching(/^container .*rds/),
    `network ${name}`,
    `volume ${name}-backups`,
  ]);
  expect(await leftOf(name)).toEqual([]);
});
