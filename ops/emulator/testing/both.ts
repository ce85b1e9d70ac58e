/** The emulated AWS as we run it, and as it is without our gap fillers. */
import { type Emulator, startEmulator } from '../emulator.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';

export interface Both {
  readonly filled: Emulator;
  /** Where a gap is gone by itself, its filler can go too. */
  readonly plain: Emulator;
  readonly stop: () => Promise<void>;
}

/** @param authenticated whether IAM's policies are enforced */
export async function startBoth(authenticated = false): Promise<Both> {
  const place = { accountId: ACCOUNT, region: REGION, authenticated };
  const [filled, plain] = await Promise.all([
    startEmulator(place),
    startEmulator({ ...place, plain: true }),
  ]);
  const stop = async () => {
    await Promise.all([filled.stop(), plain.stop()]);
  };
  return { filled, plain, stop };
}

/** For AWS's clients. @param environment whose keys. @default the root's */
export function clientSettings(
  { endpoint, environment: root }: Emulator,
  environment: Readonly<Record<string, string>> = root,
) {
  return {
    region: REGION,
    endpoint,
    maxAttempts: 1,
    credentials: {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      ...(environment['AWS_SESSION_TOKEN'] && {
        sessionToken: environment['AWS_SESSION_TOKEN'],
      }),
    },
  };
}
