/** The variables with which a person's own commands reach a rehearsal that stays up. */

/** Not the rehearsal's own: its mark, by which it ends its processes, and its folder. */
const WANTED = /^(AWS_|STORE_OVERRIDES$|NO_PROXY$|HTTP_PROXY$|NODE_USE_ENV_PROXY$)/i;

/** A person's own would be asked before the keys. */
const UNWANTED = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'];

/** For `source` of a shell. */
export function environmentFile(environment: NodeJS.ProcessEnv): string {
  const lines = Object.entries(environment).flatMap(([name, value]) =>
    WANTED.test(name) && value !== undefined ? [`export ${name}=${quoted(value)}`] : [],
  );
  return [`unset ${UNWANTED.join(' ')}`, ...lines, ''].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
