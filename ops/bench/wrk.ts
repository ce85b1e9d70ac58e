/** A lighter generator, where it is installed: it leaves the servers more of the machine. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FRESH, type Job, type Request } from './job.ts';
import type { Sample } from './measure.ts';

const run = promisify(execFile);

/** Requests in a script, which one thread walks through. */
const WALK = 2000;

/** @returns its version; undefined where it is not installed */
export async function findWrk(): Promise<string | undefined> {
  try {
    await run('wrk', ['--version']);
  } catch (error) {
    // It tells its version and ends with 1.
    const { stdout = '' } = error as { stdout?: string };
    return /^wrk (\S+)/.exec(stdout)?.[1];
  }
  return undefined;
}

/** @param folder takes its script. @throws Error when it could not run */
export async function runWrk(folder: string, job: Job): Promise<Sample> {
  const script = join(folder, 'wrk.lua');
  await writeFile(script, scriptOf(job.requests));
  const seconds = Math.ceil(job.measured / 1000);
  const flags = ['--threads=1', `--connections=${job.connections}`, `--duration=${seconds}s`];
  const { stdout } = await run('wrk', [...flags, `--script=${script}`, job.urls[0] ?? '']);
  return read(stdout);
}

function scriptOf(requests: readonly Request[]): string {
  return `
    local requests = {${requests.slice(0, WALK).map(luaOf).join(',\n')}}
    local at, fresh = 0, ${JSON.stringify(randomUUID())}
    request = function()
      at = at + 1
      local chosen = requests[at % #requests + 1]
      local headers = {}
      for name, value in pairs(chosen.headers) do
        headers[name] = value == ${JSON.stringify(FRESH)} and fresh .. at or value
      end
      return wrk.format(chosen.method, chosen.path, headers, chosen.body)
    end`;
}

/** What is in them is ASCII without control characters, where JSON's texts are Lua's too. */
function luaOf({ method, path, headers = {}, body }: Request): string {
  const fields = Object.entries(headers).map(
    ([name, value]) => `[${JSON.stringify(name)}]=${JSON.stringify(value)}`,
  );
  const given = `method=${JSON.stringify(method)}, path=${JSON.stringify(path)}`;
  const sent = body === undefined ? '' : `, body=${JSON.stringify(body)}`;
  return `{${given}, headers={${fields.join(',')}}${sent}}`;
}

/** @throws Error when it is not what wrk prints */
export function read(output: string): Sample {
  const [, perSecond] = /^Requests\/sec:\s+([\d.]+)/m.exec(output) ?? [];
  if (perSecond === undefined) throw new Error(`wrk told no figure:\n${output}`);
  const [, refused] = /Non-2xx or 3xx responses: (\d+)/.exec(output) ?? [];
  const [, broken] = /Socket errors: (.+)/.exec(output) ?? [];
  return {
    perSecond: Number(perSecond),
    failures: {
      ...(refused !== undefined && { 'answer that is not 2xx': Number(refused) }),
      ...(broken !== undefined && { [`socket errors (${broken})`]: 1 }),
    },
  };
}
