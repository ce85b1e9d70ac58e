/** What looks like a password, key or token, by its form or by its name. */

interface Shape {
  readonly what: string;
  readonly form: RegExp;
}

/** Forms that their makers have published. */
const SHAPES: readonly Shape[] = [
  { what: 'an access key of AWS', form: /(?<![A-Za-z0-9])(AKIA|ASIA)[A-Z2-7]{16}(?![A-Za-z0-9])/ },
  { what: 'a private key', form: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: 'a JSON Web Token', form: /(?<!\w)eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/ },
  { what: 'a token of GitHub', form: /(?<!\w)(gh[opsur]_\w{36,}|github_pat_\w{22,})/ },
  { what: 'a token of GitLab', form: /(?<!\w)glpat-[\w-]{20,}/ },
  { what: 'a token of npm', form: /(?<!\w)npm_[A-Za-z0-9]{36}/ },
  { what: 'a token of Slack', form: /(?<!\w)xox[abeoprs]-[\w-]{10,}/ },
  { what: 'an address of Slack that takes messages', form: /hooks\.slack\.com\/services\/T\w+\// },
  { what: 'a key of Stripe', form: /(?<!\w)([rs]k_(live|test)|whsec)_\w{16,}/ },
  { what: 'a key of Google', form: /(?<!\w)AIza[\w-]{35}/ },
  { what: 'an address with a password', form: /\w+:\/\/[^/?#\s:@]+:[^/?#\s:@]+@/ },
];

/** Whose keys are secret; `kms_key`, `hash_key` and `public_key` are not. */
const SECRET_KEYS = [
  'secret|api|access|private|auth|encryption|signing|sign|hmac|jwt|session|cookie|webhook',
  'master|shared|preshared|licen[sc]e|stripe|sendgrid|mailgun|twilio|openai|datadog',
].join('|');

/** Names of what is one itself; `secret_arn`, `password_policy` and `token_command` name another thing. */
const NAME = new RegExp(
  `(^|[_/.])([a-z0-9]*(password|passwd|passphrase)|(db|pg|smtp|user|root)?(pass|pwd)|secret(_(value|string|binary|key_base))?|token|(${SECRET_KEYS})_?key|credentials?)(_wo)?(_?v?\\d+)?$`,
);

/** Say where something is: an ARN, the alias of a key; the path of a parameter or of a file. */
const ADDRESS = /^(arn:[\w-]*:[\w-]+:[\w-]*:\d*:\S+|alias\/[\w/-]+)$/;
const PATH = /^(\/[\w.-]+){2,}$/;

/** Characters from which on a random string can be told from words. */
const LONG = 32;
const RUNS = new RegExp(`(?<![\\w/.+-]|sha256:)[A-Za-z0-9+/_-]{${LONG},}={0,2}(?![\\w/.+-])`, 'g');

/** Not secret, and random to look at: hashes of files, commits, fingerprints, public keys and certificates. */
const PUBLIC_NAME =
  /(hash|checksum|digest|etag|fingerprint|thumbprint(_list)?|public_key|commit|revision|(^|_)sha(1|256|512)?)(_id)?$/;
const PUBLIC_FORM = /-----BEGIN (CERTIFICATE|PUBLIC KEY)-----|^(ssh|ecdsa)-\S+ /;

/**
 * @param name of the attribute or variable. @param text without references
 * @returns what it looks like, undefined for nothing of the kind
 */
export function secretIn(name: string, text: string): string | undefined {
  const shape = SHAPES.find(({ form }) => form.test(text));
  if (shape !== undefined) return shape.what;
  const plainName = snakeCase(name);
  if (PUBLIC_NAME.test(plainName) || PUBLIC_FORM.test(text)) return undefined;
  if (ADDRESS.test(text)) return undefined;
  if (isSecretName(name) && text !== '' && !isWhereabouts(text)) return 'a value of that name';
  return (text.match(RUNS) ?? []).some(isRandom) ? 'a random string, such as a key' : undefined;
}

/** Whether what is called so is one, whatever it looks like. */
export function isSecretName(name: string): boolean {
  const plain = snakeCase(name);
  return NAME.test(plain) && !plain.startsWith('no_') && !PUBLIC_NAME.test(plain);
}

/** Whether a text only says where something is. */
export function isWhereabouts(text: string): boolean {
  return ADDRESS.test(text) || PATH.test(text);
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll('-', '_');
}

/** Hexadecimal, or letters of both cases and digits that take turns as no words do. */
function isRandom(run: string): boolean {
  if (/^[0-9a-f]+$/i.test(run)) return /\d/.test(run) && /[a-f]/i.test(run);
  if (!/[a-z]/.test(run) || !/[A-Z]/.test(run) || !/\d/.test(run)) return false;
  return turns(run) / run.length > 0.45 && entropy(run) > 4;
}

/** How often a letter follows one of the other case, or a digit. In random strings two of three times. */
function turns(run: string): number {
  return run.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g)?.length ?? 0;
}

/** Bits for each character, after Shannon. */
function entropy(run: string): number {
  const counts = Map.groupBy(run, (one) => one)
    .values()
    .map(({ length }) => length / run.length);
  return counts.reduce((sum, share) => sum - share * Math.log2(share), 0);
}
