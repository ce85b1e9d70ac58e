/** The issuer is away: whose key is known is served, all others are told to come again. */
import type { Conduct } from '../../loopback/issuer.ts';
import { newSigningKey } from '../../loopback/signing-key.ts';
import type { Door, Part, Seen } from './door.ts';

/** Ways of being away. */
const WAYS: readonly Conduct[] = ['resets', 'fails', 'babbles', 'hangs'];

/** Milliseconds until the issuer must be known to be away: the service gives it three seconds. */
const PATIENCE = 10_000;

/** No key was ever fetched: whether a token is good cannot be known, so it is not called bad. */
export async function awayBeforeKeysAreKnown(door: Door): Promise<Part> {
  const { issuer } = door;
  const broken: string[] = [];
  for (const conduct of WAYS) {
    issuer.conduct = conduct;
    const seen = await door.show([issuer.authorization()]);
    if (!isToldToComeAgain(seen)) broken.push(notTold('a good token', conduct, seen));
    const garbage = await door.show(['Bearer garbage'], '/v1/products');
    if (garbage.status !== 401) broken.push(notTold('a broken token', conduct, garbage));
  }
  issuer.conduct = 'serves';
  const back = await door.show([issuer.authorization()]);
  if (back.status !== 200) broken.push(`with the issuer back, a good token was ${show(back)}`);
  return { figures: [['ways of being away', String(WAYS.length)]], broken };
}

/** The keys are cached: new tokens of them are as good as ever. */
export async function awayLater(door: Door): Promise<Part> {
  const { issuer } = door;
  const asked = issuer.asked;
  const broken: string[] = [];
  let served = 0;
  for (const conduct of WAYS) {
    issuer.conduct = conduct;
    const seen = await door.show([issuer.authorization()]);
    if (seen.status === 200) served += 1;
    else broken.push(`the issuer ${conduct}: a token of a cached key was ${show(seen)}`);
    const expired = issuer.key.sign({ ...issuer.claims(), exp: 1 });
    const refused = await door.show([`Bearer ${expired}`]);
    if (refused.status !== 401) broken.push(notTold('an expired token', conduct, refused));
  }
  if (issuer.asked !== asked) broken.push('the issuer was asked for keys that are cached');
  for (const conduct of WAYS) {
    issuer.conduct = conduct;
    const unknown = await door.show([`Bearer ${newSigningKey().sign(issuer.claims())}`]);
    if (!isToldToComeAgain(unknown)) broken.push(notTold('an unknown key', conduct, unknown));
  }
  issuer.conduct = 'serves';
  return { figures: [['served from cached keys', `${served} of ${WAYS.length}`]], broken };
}

function isToldToComeAgain({ status, code, retryAfter, milliseconds, isProblem }: Seen): boolean {
  const isStated = status === 503 && code === 'IDENTITY_UNAVAILABLE' && isProblem;
  return isStated && retryAfter !== undefined && milliseconds < PATIENCE;
}

function notTold(what: string, conduct: Conduct, seen: Seen): string {
  return `the issuer ${conduct}: ${what} was ${show(seen)}`;
}

function show(seen: Seen): string {
  return `answered ${JSON.stringify(seen)}`;
}
