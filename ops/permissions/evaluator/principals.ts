/**
 * Whom a resource's policy means. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { texts, UnsupportedPolicy } from './elements.ts';

export interface Principal {
  /** `everybody` is `*`; of AWS there are accounts, and the roles, sessions and users in them. */
  readonly type: 'everybody' | 'account' | 'arn' | 'service' | 'federated';
  /** A number of twelve digits, an ARN, a service's name, a provider's ARN; `*` for everybody. */
  readonly name: string;
}

/** @throws UnsupportedPolicy */
export function readPrincipals(written: unknown): readonly Principal[] {
  if (written === '*') return [EVERYBODY];
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    throw new UnsupportedPolicy(`Principal is ${JSON.stringify(written)}`);
  }
  return Object.entries(written).flatMap(([type, names]) =>
    texts(names).map((name) => readPrincipal(type, name)),
  );
}

const EVERYBODY: Principal = { type: 'everybody', name: '*' };
const ACCOUNT = /^(?:arn:[^:]+:iam::)?(?<number>\d{12})(?::root)?$/;
const SOMEBODY = /^arn:[^:]+:(?:iam|sts)::\d{12}:[^*?]+$/;

function readPrincipal(type: string, name: string): Principal {
  if (type === 'AWS') return readAwsPrincipal(name);
  if ((type !== 'Service' && type !== 'Federated') || name.includes('*')) {
    throw new UnsupportedPolicy(`Principal ${type} ${name} is not supported`);
  }
  return { type: type === 'Service' ? 'service' : 'federated', name };
}

function readAwsPrincipal(name: string): Principal {
  if (name === '*') return EVERYBODY;
  const number = ACCOUNT.exec(name)?.groups?.['number'];
  if (number !== undefined) return { type: 'account', name: number };
  if (SOMEBODY.test(name)) return { type: 'arn', name };
  throw new UnsupportedPolicy(`Principal AWS ${name} is neither an account nor all of a name`);
}
