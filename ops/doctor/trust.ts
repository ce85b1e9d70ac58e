/** Whom a role of a pipeline trusts, compared with what the stacks would write. */
import type { Environment } from '../../stacks/place.ts';
import { ISSUER, type Pipeline, trustOf } from '../../stacks/pipelines/subjects.ts';

/** @param document of the role's trust. @returns what each difference is; none where all is the same */
export function trustDifferences(
  document: string,
  environment: Environment,
  pipeline: Pipeline,
): string[] {
  const found = valuesIn(JSON.parse(document));
  const wanted = valuesIn(wantedTrust(environment, pipeline));
  const names = new Set([...wanted.keys(), ...found.keys()]);
  return [...names].flatMap((name) => {
    const [is, shouldBe] = [found.get(name) ?? NOTHING, wanted.get(name) ?? NOTHING];
    return is === shouldBe ? [] : [`${name}: ${is} instead of ${shouldBe}`];
  });
}

const NOTHING = 'nothing';

/** As stacks/pipelines/pipeline-role.ts writes it. */
function wantedTrust(environment: Environment, pipeline: Pipeline) {
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${environment.accountId}:oidc-provider/${ISSUER}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: trustOf(environment, pipeline) },
    },
  };
}

/** What is said by name: order, and lists of one, make no difference. A `Sid` says nothing. */
function valuesIn(document: unknown): Map<string, string> {
  const { Version, Statement } = document as { Version?: unknown; Statement?: unknown };
  const statements = [Statement ?? []].flat().flatMap((statement, index) => {
    const of = index === 0 ? '' : `statement ${index + 1}: `;
    return leaves(statement).map(([name, value]) => [`${of}${shortened(name)}`, value] as const);
  });
  return new Map([...leaves({ Version }), ...statements].filter(([name]) => !/\bSid$/.test(name)));
}

function leaves(value: unknown, name = ''): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [[name, [value].flat().map(String).toSorted().join(', ')]];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    leaves(inner, name === '' ? key : `${name} ${key}`),
  );
}

function shortened(name: string): string {
  return name.replace(`Condition StringEquals ${ISSUER}:`, '');
}
