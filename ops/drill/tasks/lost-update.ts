/** Many change one product at the same time, over two tasks, and nobody's change is lost unseen. */
import { v7 as uuidv7 } from 'uuid';
import { PATIENT } from '../../loopback/service.ts';
import type { Drill, Ground, Outcome } from '../drill.ts';
import { counted } from '../visits.ts';
import { inScene, type Scene } from '../scene.ts';

export const lostUpdate: Drill = {
  name: 'lost-update',
  breaks: 'fifty people change the same product at the same time, over two tasks',
  promise: 'a change is made to what its writer had read (200), or refused (412)',
  seconds: 120,
  run: (ground) => inScene((scene) => changeTogether(scene, ground)),
};

const WRITERS = 50;

/** Changes that each of them tries. */
const TRIES = { full: 40, small: 4 };

/** What came of one change. */
interface Change {
  readonly status: number;
  /** What its writer had read. */
  readonly from: number;
  /** Of the product, as the answer says it. */
  readonly version: number;
}

async function changeTogether(scene: Scene, { size, say, signal }: Ground): Promise<Outcome> {
  const { home, products } = scene;
  const tasks = [
    await scene.start({ variables: PATIENT }),
    await scene.start({ variables: PATIENT }),
  ];
  const authorization = home.issuer.authorization(uuidv7(), ['admins']);
  const urls = tasks.map(({ url }) => `${url}/v1/products/${products[0]}`);
  const [first = '', second = ''] = urls;
  const before = await versionAt(first, authorization);
  say(`${WRITERS} writers, each with ${TRIES[size]} changes`);
  const changes = await Promise.all(
    Array.from({ length: WRITERS }, (_, writer) =>
      change(writer % 2 === 0 ? first : second, { authorization, tries: TRIES[size], signal }),
    ),
  );
  const after = await versionAt(second, authorization);
  return judge(changes.flat(), { before, after });
}

function judge(
  changes: readonly Change[],
  { before, after }: { before: number; after: number },
): Outcome {
  const made = changes.filter(({ status }) => status === 200);
  const refused = changes.filter(({ status }) => status === 412);
  const versions = new Set(made.map(({ version }) => version));
  const broken: string[] = [];
  if (after - before !== made.length) {
    broken.push(`the version rose by ${after - before}, but ${made.length} changes were confirmed`);
  }
  if (versions.size !== made.length) {
    broken.push(`${made.length} confirmed changes have ${versions.size} versions`);
  }
  const unseen = made.filter(({ from, version }) => version !== from + 1);
  if (unseen.length > 0) {
    broken.push(`${unseen.length} changes were made over others that their writer had not read`);
  }
  if (made.length + refused.length !== changes.length) {
    const others = changes.filter(({ status }) => status !== 200 && status !== 412);
    const statuses = [...new Set(others.map(({ status }) => status))].join(', ');
    broken.push(`${others.length} changes were answered neither 200 nor 412 but ${statuses}`);
  }
  return {
    figures: [
      ['changes tried', counted(changes.length)],
      ['made', counted(made.length)],
      ['refused', counted(refused.length)],
    ],
    broken,
  };
}

interface Writing {
  readonly authorization: string;
  readonly tries: number;
  readonly signal: AbortSignal;
}

/** Whoever was refused reads again; whoever was not knows the version from the answer. */
async function change(url: string, { authorization, tries, signal }: Writing): Promise<Change[]> {
  const changes: Change[] = [];
  let version = await versionAt(url, authorization);
  for (let nth = 1; nth <= tries; nth += 1) {
    const response = await fetch(url, {
      method: 'PATCH',
      headers: {
        authorization,
        'content-type': 'application/merge-patch+json',
        'if-match': `"${version}"`,
      },
      body: JSON.stringify({ description: `change ${nth} of ${uuidv7()}` }),
      signal,
    });
    const { status } = response;
    const answer = (await response.json()) as { version: number };
    const from = version;
    version = status === 200 ? answer.version : await versionAt(url, authorization);
    changes.push({ status, from, version });
  }
  return changes;
}

async function versionAt(url: string, authorization: string): Promise<number> {
  const response = await fetch(url, { headers: { authorization } });
  const { version } = (await response.json()) as { version?: unknown };
  if (typeof version !== 'number') throw new Error(`the product was answered ${response.status}`);
  return version;
}
