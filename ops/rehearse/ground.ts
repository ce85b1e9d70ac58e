/** Where a rehearsal takes place: the emulated AWS, the way to its front door, the stacks. */
import { credentialsOf, type Emulator, startEmulator } from '../emulator/emulator.ts';
import { type ContainerNetwork, createNetwork } from '../emulator/containers/network.ts';
import { type Door, startProxy } from './door.ts';
import type { EarlierVersion } from './earlier-version.ts';
import type { Images } from './images.ts';
import type { Engine } from './needs.ts';
import type { PipelineRoles } from './pipeline-roles.ts';
import type { Run } from './run.ts';
import type { Stacks } from './stacks.ts';

export interface Ground {
  readonly endpoint: string;
  readonly stacks: Stacks;
  /** Without one there are no containers: databases and tasks are records only. */
  readonly engine: Engine | undefined;
  /** Being built while other things go on; undefined without an engine. */
  readonly images: Promise<Images> | undefined;
  /** What is stood up, before this version takes its place; undefined where that is this one. */
  readonly earlier: Earlier | undefined;
  /** Variables of the account's root. */
  readonly root: Readonly<Record<string, string>>;
  /** The pipelines' roles, once the bootstrap has made them. */
  pipelines?: PipelineRoles;
  readonly stop: () => Promise<void>;
}

interface Earlier extends EarlierVersion {
  /** Names of its stacks that this version has no more. */
  readonly leftBehind: readonly string[];
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** The emulator has ended by itself: that is not Terraform's fault. */
export class EmulatorCrashed extends Error {
  override readonly name = 'EmulatorCrashed';
}

interface Surroundings {
  readonly endpoint: string;
  readonly root: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the emulator, or takes the one that was named, and a proxy to its load balancers.
 * @param crashed is told when it ends by itself
 */
export async function startSurroundings(
  { options, folder }: Run,
  { accountId, region }: Place,
  { containers, crashed }: { containers: boolean; crashed: (error: EmulatorCrashed) => void },
): Promise<Surroundings> {
  const { endpoint: named } = options;
  const network =
    containers && named === undefined ? await createNetwork(folder.record.network) : undefined;
  const emulator =
    named === undefined
      ? await start({ accountId, region, network, folder: folder.path })
      : strange(named, { accountId, region });
  void watch(emulator, crashed);
  folder.note('registries', new URL(emulator.endpoint).host);
  const proxy = await startProxy(emulator.endpoint).catch(async (error: unknown) => {
    await emulator.stop();
    throw error;
  });
  return {
    endpoint: emulator.endpoint,
    root: { ...emulator.environment, ...proxyVariables(proxy) },
    stop: async () => {
      try {
        await proxy.stop();
      } finally {
        await emulator.stop();
      }
    },
  };
}

async function watch(
  { crashed, logFile }: Pick<Emulator, 'crashed' | 'logFile'>,
  tell: (error: EmulatorCrashed) => void,
): Promise<void> {
  const words = await crashed;
  tell(
    new EmulatorCrashed(`the emulated AWS has ended by itself: ${words}; its log is ${logFile}`),
  );
}

function start(options: Place & { network: ContainerNetwork | undefined; folder: string }) {
  const { accountId, region, network, folder } = options;
  const containers = network === undefined ? {} : { containers: network };
  return startEmulator({ accountId, region, folder, authenticated: true, ...containers });
}

/** One that somebody else has started, and stops. */
function strange(endpoint: string, { accountId, region }: Place): Omit<Emulator, 'pid'> {
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    ...credentialsOf(accountId),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
  return {
    endpoint,
    environment,
    logFile: 'with whoever started it',
    // Nobody tells us.
    crashed: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  };
}

/** Commands ask for the balancer by its real name; both spellings, as programs read either. */
function proxyVariables({ url }: Door): Record<string, string> {
  const local = '127.0.0.1,localhost';
  return {
    HTTP_PROXY: url,
    http_proxy: url,
    NO_PROXY: local,
    no_proxy: local,
    NODE_USE_ENV_PROXY: '1',
  };
}
