/** What may not be written for Terraform: each problem names where, what, and what to do. */
export class GuardRailError extends Error {
  override readonly name = 'GuardRailError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}
