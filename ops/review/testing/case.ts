/** A change of one resource that a rule must find, or a near miss that it must not. */
export interface Case {
  /** Its id. */
  readonly rule: string;
  /** Words and spaces; with the rule it is the name of the resource. */
  readonly name: string;
  readonly fires: boolean;
  readonly type: string;
  /** Arguments; none where it is made. */
  readonly before?: Arguments;
  /** None where it is destroyed. */
  readonly after?: Arguments;
  /** The new one first. */
  readonly gapless?: true;
  /** It leaves the configuration by a `removed` block, so that it stays in AWS. */
  readonly forgotten?: true;
}

type Arguments = Readonly<Record<string, unknown>>;

export function nameOf({ rule, name }: Pick<Case, 'rule' | 'name'>): string {
  return `${rule}--${name.replaceAll(' ', '-')}`;
}
