import { join } from 'node:path';

/** As GitHub's machines name their versions of Go; the one on the PATH is not the newest. */
const NAME = /^GOROOT_1_(\d+)_(?:X64|ARM64)$/;

/** The newest Go that the machine's variables name, else the one on the PATH. */
export function goOf(variables: NodeJS.ProcessEnv): string {
  const versions = Object.entries(variables).flatMap(([name, folder]) => {
    const minor = NAME.exec(name)?.[1];
    return minor === undefined || !folder ? [] : [{ minor: Number(minor), folder }];
  });
  const newest = versions.toSorted((one, other) => other.minor - one.minor)[0];
  return newest === undefined ? 'go' : join(newest.folder, 'bin/go');
}
