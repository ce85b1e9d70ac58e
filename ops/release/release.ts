/** A release: infrastructure, image, schema and service, in the order in which nothing breaks. */
import { Approval } from '../deployment/approval.ts';
import { requireAccount } from '../deployment/account.ts';
import { type EnvironmentStacks, withStacks } from '../deployment/environment-stacks.ts';
import { listenForSignals } from '../deployment/interruption.ts';
import { Progress } from '../deployment/progress.ts';
import { Refusal } from '../deployment/refusal.ts';
import { find, type Table } from '../deployment/synthesis.ts';
import { requireNoRestore } from '../restore/under-way.ts';
import { readDigest } from '../running/digest.ts';
import { lastGood, readRecords } from '../running/records.ts';
import { architectureOfTasks } from './architecture.ts';
import { type Promoted, type ProvidedImage, provideImage } from './image.ts';
import { withReleaseLock } from './lock.ts';
import { farewell } from './farewell.ts';
import { requireContract } from './contracting.ts';
import { losesData } from './unseen.ts';
import { bring, type Parts, stepsOf, withWhatIsLeft } from './parts.ts';
import { Recorder } from './recorder.ts';
import { requireImage } from './registry.ts';
import { readReviewed } from './reviewed.ts';
import { seed } from './seed.ts';
import { sourceFor } from './source.ts';
import { switchTo } from './switch.ts';

export interface ReleaseOptions {
  readonly table: Table;
  /** Of the environment. */
  readonly name: string;
  readonly yes: boolean;
  /** Whether the demo fills the catalogue afterwards. */
  readonly seed: boolean;
  /** Whether migrations may contract, or lock a large table. @default false */
  readonly contract?: boolean;
  /** An image of this machine's engine. @default it is built */
  readonly image?: string;
  /** Another environment's image. @default none */
  readonly promoted?: Promoted;
  /** File of a review, which answers instead of a person. @default none */
  readonly reviewed?: string | undefined;
}

/** @throws Refusal, TerraformFailed, Interrupted, SettingsError and what is missing of Terraform */
export async function release(options: ReleaseOptions): Promise<void> {
  const { table, name, yes, promoted } = options;
  const { environment } = find(table, name);
  if (options.seed && environment.production) {
    throw new Refusal(`${name} is production: the demo has no place there`);
  }
  const who = await requireAccount(environment);
  const progress = new Progress();
  const source = await sourceFor(environment);
  const reviewed =
    options.reviewed === undefined ? undefined : await readReviewed(options.reviewed, environment);
  const signal = listenForSignals();
  const mustBeSeen = losesData(environment);
  const approval = new Approval(progress, { yes, signal, mustBeSeen, reviewed });
  await withStacks(table, environment, (stacks) =>
    withReleaseLock(environment, who, async () => {
      await requireNoRestore(environment);
      if (promoted !== undefined) await requirePromoted(promoted, stacks);
      const records = await readRecords(environment);
      await requireContract(records, options);
      const before = lastGood(records, await readDigest(environment));
      const from = promoted && { from: promoted.source.name };
      const beginning = { kind: 'release', who, checkout: source.commit, before, ...from } as const;
      const recorder = new Recorder(environment, beginning);
      const parts: Parts = { environment, stacks, progress, approval, recorder, signal };
      await recorder
        .record(async () => {
          const image = await prepare(parts, { ...options, source });
          await switchTo(image, { ...parts, before, migrates: true, contract: options.contract });
        })
        .catch((error: unknown) => {
          throw withWhatIsLeft(error, parts, stepsOf(stacks));
        });
      if (options.seed) await progress.step('demo', () => seed(environment, signal));
      progress.line(await farewell(stacks));
    }),
  );
}

/** Before anything is changed. @throws Refusal when it is gone, or for other processors */
async function requirePromoted({ registry, digest }: Promoted, stacks: EnvironmentStacks) {
  const architecture = await architectureOfTasks(stacks.folderOf('service'));
  await requireImage(registry, digest, architecture);
}

type Chosen = Omit<Parameters<typeof provideImage>[0], 'environment' | 'architecture' | 'signal'>;

/** All that serves nobody yet: what stands below the service, and the image. @returns the image */
async function prepare(parts: Parts, chosen: Chosen): Promise<ProvidedImage> {
  const { environment, stacks, progress, approval, signal } = parts;
  const image = async () => {
    const architecture = await architectureOfTasks(stacks.folderOf('service'));
    return progress.step('image', (say) =>
      provideImage({ ...chosen, environment, architecture, signal }, say),
    );
  };
  if (approval.asks) {
    // Questions come one after the other.
    for (const stack of [stacks.network, stacks.identity, stacks.database])
      await bring(stack, parts);
    return image();
  }
  const ground = async () => {
    await bring(stacks.network, parts);
    await all([bring(stacks.identity, parts), bring(stacks.database, parts)]);
  };
  const [provided] = await all([image(), ground()] as const);
  return provided;
}

/** Waits for both, also when one fails: nothing may be cut off in the middle. */
async function all<First, Second>(
  works: readonly [Promise<First>, Promise<Second>],
): Promise<[First, Second]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
