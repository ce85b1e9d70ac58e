/** The issuer signs with another key and publishes only that one. */
import { setTimeout as pause } from 'node:timers/promises';
import { newSigningKey } from '../../loopback/signing-key.ts';
import type { Door, Part } from './door.ts';

/**
 * The removed key serves until a token of the new one is seen: that makes the service fetch. From
 * then on only tokens that were verified before are good, until they expire.
 */
export async function afterRotation(door: Door): Promise<Part> {
  const { issuer } = door;
  const old = issuer.key;
  const verified = `Bearer ${old.sign(issuer.claims())}`;
  await door.show([verified]);
  issuer.rotate();

  const expected = {
    'the removed key, before the new one is seen': [`Bearer ${old.sign(issuer.claims())}`, 200],
    'the new key': [issuer.authorization(), 200],
    'the removed key, verified before': [verified, 200],
    'the removed key, not seen before': [`Bearer ${old.sign(issuer.claims())}`, 401],
    'the new key again': [issuer.authorization(), 200],
  } as const;
  const broken: string[] = [];
  for (const [name, [authorization, status]] of Object.entries(expected)) {
    const seen = await door.show([authorization]);
    if (seen.status === status) continue;
    broken.push(`a token of ${name} was answered ${JSON.stringify(seen)}, not ${status}`);
  }
  return { figures: [], broken };
}

/** Seconds: after an unknown key id the service asks for no keys for 10; then it does. */
const BOUND = 12;

/** Somebody shows keys that do not exist all the time, so that the service will not ask for others. */
export async function rotationWhileGuessed(door: Door): Promise<Part> {
  const { issuer } = door;
  const guess = () => door.show([`Bearer ${newSigningKey().sign(issuer.claims())}`]);
  await guess();
  issuer.rotate();
  const from = performance.now();
  const seconds = () => (performance.now() - from) / 1000;
  const broken: string[] = [];
  let isAccepted = false;
  while (!isAccepted && seconds() < BOUND) {
    const { status } = await guess();
    if (status !== 401) broken.push(`a key that does not exist was answered ${status}`);
    isAccepted = (await door.show([issuer.authorization()])).status === 200;
    if (!isAccepted) await pause(PAUSE);
  }
  if (!isAccepted) broken.push(`a token of the new key was refused for ${BOUND} s`);
  return {
    figures: [['until a new key is accepted, at worst', `${seconds().toFixed(1)} s`]],
    broken,
  };
}

/** Milliseconds between two guesses. */
const PAUSE = 250;
