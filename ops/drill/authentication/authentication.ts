/** Tokens with one thing wrong, and an issuer that is away or changes its key. */
import { openHome } from '../../loopback/home.ts';
import { startService } from '../../loopback/service.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { awayBeforeKeysAreKnown, awayLater } from './away.ts';
import { type Door, openDoor } from './door.ts';
import { refusals } from './refusals.ts';
import { afterRotation, rotationWhileGuessed } from './rotation.ts';

export const authentication: Drill = {
  name: 'authentication',
  breaks: 'tokens, one thing at a time; the issuer away, and with another key',
  promise:
    '401 for every bad token, on public routes too; known keys serve on, 503 where a key cannot be had',
  seconds: 120,
  run,
};

async function run(ground: Ground): Promise<Outcome> {
  const home = await openHome();
  try {
    home.issuer.conduct = 'resets';
    const service = await startService(home);
    const door = openDoor(home.issuer, service.url);
    try {
      return await tryAll(door, ground);
    } finally {
      door.close();
      await service.stop();
    }
  } finally {
    await home.close();
  }
}

/** Unknown key ids come last: after one, the service asks for no keys for a while. */
async function tryAll(door: Door, { size, say, signal }: Ground): Promise<Outcome> {
  const parts = [
    ['the issuer is away from the start', awayBeforeKeysAreKnown],
    ['the issuer goes away', awayLater],
    ['the issuer changes its key', afterRotation],
    ['tokens with one thing wrong', refusals],
    ...(size === 'full'
      ? [['another key while keys are guessed', rotationWhileGuessed] as const]
      : []),
  ] as const;
  const figures: [string, string][] = [];
  const broken: string[] = [];
  for (const [name, part] of parts) {
    signal.throwIfAborted();
    say(name);
    const outcome = await part(door);
    figures.push(...outcome.figures);
    broken.push(...outcome.broken);
  }
  return { figures, broken };
}
