/** sysexits.h EX_CONFIG: something was found in an unconfigured or misconfigured state. */
export const EXIT_CONFIG = 78;

/** Names every wrong or missing variable, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(problems: readonly string[]) {
    super(`the configuration is not valid:\n${problems.map((line) => `  ${line}`).join('\n')}`);
  }
}

/** What Ajv says of one variable. */
interface SchemaFailure {
  readonly instancePath: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** One line: the variable, what is expected, what came. */
export function describeFailure(
  { instancePath, message, params }: SchemaFailure,
  data: NodeJS.ProcessEnv,
): string {
  const variable = instancePath.slice(1);
  const allowed = Array.isArray(params['allowedValues'])
    ? `: ${params['allowedValues'].join(', ')}`
    : '';
  // The URL holds a password: it is the one value that is never shown.
  const seen = variable === 'DATABASE_URL' ? '' : `, not ${JSON.stringify(data[variable])}`;
  return `${variable} ${message ?? 'is not valid'}${allowed}${seen}`;
}
