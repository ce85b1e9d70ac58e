/** IAM policies as JSON: every policy of the program is written through here. */

/** Patterns as in IAM; without `effect` it allows. */
export interface Statement {
  readonly effect?: 'Allow' | 'Deny';
  /** Only in policies of resources and in trust policies. */
  readonly principals?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly actions: readonly string[];
  /** Left out in trust policies only. */
  readonly resources?: readonly string[];
  readonly conditions?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** The document as JSON, which may hold references to other resources. */
export function policyDocument(...statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(
      ({ effect = 'Allow', principals, actions, resources, conditions }) => ({
        Effect: effect,
        Principal: principals,
        Action: actions,
        Resource: resources,
        Condition: conditions,
      }),
    ),
  });
}
