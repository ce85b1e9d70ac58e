/** What MiniStack and our gap fillers read from their environment: all of it, nothing of ours. */
import { join } from 'node:path';
import { engineAddress } from './containers/engine.ts';
import type { ContainerNetwork } from './containers/network.ts';
import type { EmulatorOptions } from './emulator.ts';

/** Where no engine answers: then databases and tasks are records only. */
const NO_ENGINE = 'unix:///nonexistent';

/** In the emulator's folder: what IAM was asked; gaps/iam_record.py writes it. */
export const CALLS_FILE = 'calls.jsonl';

/** @throws NoEngine when containers are asked for and there is no docker command */
export async function settings(options: EmulatorOptions, port: number, folder: string) {
  const { accountId, region, plain = false, authenticated = false, containers } = options;
  return {
    PATH: process.env['PATH'],
    // Nothing is left in the tree.
    PYTHONDONTWRITEBYTECODE: '1',
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: accountId,
    MINISTACK_REGION: region,
    // A second listener, on a port that may be taken.
    IOT_MTLS_ENABLED: '0',
    AUTH: String(authenticated),
    EMULATOR_GAPS: plain ? 'open' : 'filled',
    ...(authenticated && { EMULATOR_CALLS: join(folder, CALLS_FILE) }),
    ...(containers === undefined || plain
      ? { DOCKER_HOST: NO_ENGINE }
      : await engineOf(containers, folder)),
  };
}

async function engineOf({ name, gateway, label }: ContainerNetwork, folder: string) {
  return {
    DOCKER_HOST: await engineAddress(),
    DOCKER_CERT_PATH: process.env['DOCKER_CERT_PATH'],
    DOCKER_TLS_VERIFY: process.env['DOCKER_TLS_VERIFY'],
    // No registry's credentials of the person at the machine.
    DOCKER_CONFIG: folder,
    DOCKER_NETWORK: name,
    EMULATOR_GATEWAY: gateway,
    EMULATOR_LABEL: label,
    // Seconds that the engine may take for one answer.
    MINISTACK_DOCKER_TIMEOUT: '60',
    // In memory, taken as it fills: the log of changes alone may become a gigabyte.
    RDS_TMPFS_SIZE: '1500m',
  };
}
