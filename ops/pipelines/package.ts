/** A folder of plans as one file, whose name says what must be in it. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Refusal } from '../deployment/refusal.ts';

/** Plans hold what is sensitive. */
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** No way out of the folder, and no hidden file. */
const NAME = /^[\w-][\w.-]*$/;
/** Bytes, unpacked; five plans of an environment are less than five million. */
const LONGEST = 200_000_000;

interface Package {
  readonly version: 1;
  /** Base64, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** @throws Refusal when there is nothing, or something else than files */
export async function pack(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.length === 0) {
    throw new Refusal(
      `there are no plans in ${folder}: npm run plan -- <environment> --out ${folder}`,
    );
  }
  const files: Record<string, string> = {};
  for (const { name, isFile } of entries.map((one) => ({ name: one.name, isFile: one.isFile() }))) {
    if (!isFile || !NAME.test(name)) throw new Refusal(`${folder} holds ${name}, which is no plan`);
    files[name] = await readFile(join(folder, name), 'base64');
  }
  return gzipSync(JSON.stringify({ version: 1, files } satisfies Package));
}

/** @param sha256 from somebody who knows, never from where the package was. @throws Refusal */
export async function unpack(packed: Buffer, sha256: string, folder: string): Promise<void> {
  const found = digestOf(packed);
  if (found !== sha256) {
    throw new Refusal(`these are other plans: SHA-256 ${found}, expected ${sha256}; plan again`);
  }
  const { files } = JSON.parse(
    gunzipSync(packed, { maxOutputLength: LONGEST }).toString(),
  ) as Package;
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  for (const [name, content] of Object.entries(files)) {
    if (!NAME.test(name)) throw new Refusal(`the package holds ${name}, which is no plan`);
    const bytes = Buffer.from(content, 'base64');
    await writeFile(join(folder, name), bytes, { mode: FILE_MODE, flag: 'wx' }).catch(() => {
      throw new Refusal(`${join(folder, name)} is there already: name an empty folder`);
    });
  }
}

export function digestOf(packed: Buffer): string {
  return createHash('sha256').update(packed).digest('hex');
}
