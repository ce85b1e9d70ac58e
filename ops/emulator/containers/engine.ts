/** The container engine, through its own command. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Milliseconds; what is asked here takes far less than a second. */
const PATIENCE = 60_000;

/** @returns what the command wrote. @throws NoEngine when there is none, Error with its complaint */
export async function docker(...command: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('docker', command, { timeout: PATIENCE });
    return stdout.trim();
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    const said = stderr.trim().split('\n').at(-1) ?? '';
    if (code === 'ENOENT') throw new NoEngine('the docker command is not on the PATH');
    if (/daemon running|error during connect|cannot connect/i.test(stderr))
      throw new NoEngine(said);
    throw new Error(`docker ${command.slice(0, 2).join(' ')}: ${said}`, { cause: error });
  }
}

/** There are no containers on this machine; the message says what is missing. */
class NoEngine extends Error {
  override readonly name = 'NoEngine';
}

/** Where the command finds its engine, for programs that do not read its settings. */
export async function engineAddress(): Promise<string> {
  const asked = process.env['DOCKER_HOST'];
  if (asked !== undefined && asked !== '') return asked;
  return docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}');
}
