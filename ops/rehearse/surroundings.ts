/** The variables of this process, which all it starts inherits: the emulated AWS and nothing else. */

/** Of a person: who they are at AWS, and settings of commands that are not the rehearsal's. */
const PERSONAL = /^(AWS_|STORE_(STATE_BUCKET|OVERRIDES|DATA)$|TF_(VAR_|WORKSPACE|DATA_DIR))/;

/** Forgets who the person at this machine is. */
export function forgetPerson(): void {
  for (const name of Object.keys(process.env)) {
    if (PERSONAL.test(name)) delete process.env[name];
  }
}

/** @returns what brings all variables back as they are now */
export function rememberVariables(): () => void {
  const before = { ...process.env };
  return () => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  };
}

export function setVariables(variables: Readonly<Record<string, string>>): void {
  Object.assign(process.env, variables);
}
