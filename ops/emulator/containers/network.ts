/** A network of the container engine for one emulated AWS, and all that is left of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { PROJECT } from '../../../contract.ts';
import { docker } from './engine.ts';

/** On everything that is made in the engine, with the network's name. */
const KEY = `${PROJECT}.rehearsal`;

/** An emulator that is just being killed may still start a container: how often to look, and when. */
const LOOKS = 20;
const PAUSE = 250;

export interface ContainerNetwork {
  readonly name: string;
  /** Address of this machine on it, such as 172.30.1.1. */
  readonly gateway: string;
  /** What everything in it carries: `key=value`. */
  readonly label: string;
}

/**
 * Containers in it reach each other and this machine, and nothing beyond.
 * @throws NoEngine, or Error when the name is taken
 */
export async function createNetwork(name: string): Promise<ContainerNetwork> {
  const label = `${KEY}=${name}`;
  await docker('network', 'create', '--internal', '--label', label, name);
  const field = '{{(index .IPAM.Config 0).Gateway}}';
  const gateway = await docker('network', 'inspect', '--format', field, name);
  // Some engines write the size of the network after it.
  return { name, gateway: gateway.replace(/\/\d+$/, ''), label };
}

/**
 * Removes what carries the name, whoever made it and whatever it is doing.
 * @returns what it removed. @throws NoEngine, or Error when something stays
 */
export async function removeEverything(name: string): Promise<string[]> {
  const removed = new Set<string>();
  for (let look = 0; look < LOOKS; look += 1) {
    const found = await leftOf(name);
    if (found.length === 0) return [...removed];
    if (look > 0) await pause(PAUSE);
    for (const thing of found) removed.add(thing);
    await remove(found);
  }
  throw new Error(`these do not go: ${(await leftOf(name)).join(', ')}`);
}

/** Its containers and what they kept; the network belongs to whoever created it. */
export async function removeContainers(name: string): Promise<void> {
  const found = await leftOf(name);
  await remove(found.filter((thing) => !thing.startsWith('network ')));
}

/** The names that images got from a registry, such as `127.0.0.1:4566`; what others use stays. */
export async function forgetImages(registry: string): Promise<void> {
  const format = '{{.Repository}} {{.Tag}} {{.Digest}}';
  const filter = ['--filter', `reference=${registry}/*`, '--format', format];
  const found = lines(await docker('images', '--digests', ...filter));
  for (const line of found) {
    const [repository = '', tag = '', digest = ''] = line.split(' ');
    const name = tag === '<none>' ? `${repository}@${digest}` : `${repository}:${tag}`;
    await docker('rmi', name).catch(() => '');
  }
}

/** @returns such as `container x`, `network y`; containers first, as they must go */
export async function leftOf(name: string): Promise<string[]> {
  const filter = ['--filter', `label=${KEY}=${name}`, '--format'];
  const containers = await docker('ps', '--all', ...filter, '{{.Names}}');
  const networks = await docker('network', 'ls', ...filter, '{{.Name}}');
  const volumes = await docker('volume', 'ls', ...filter, '{{.Name}}');
  return [
    ...lines(containers).map((each) => `container ${each}`),
    ...lines(networks).map((each) => `network ${each}`),
    ...lines(volumes).map((each) => `volume ${each}`),
  ];
}

/** One that is going already is an error to the engine; the next look will tell. */
async function remove(things: readonly string[]): Promise<void> {
  for (const thing of things) {
    const [kind = '', name = ''] = thing.split(' ');
    const options = kind === 'container' ? ['--force', '--volumes'] : [];
    await docker(kind, 'rm', ...options, name).catch(() => '');
  }
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
