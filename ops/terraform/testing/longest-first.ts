/** The order of the tests with real Terraform: those that mostly wait begin, the others fill their waits. */
interface Test {
  readonly path: string;
}

/** Tests that make and destroy whole stacks, or install something first. */
const LONG =
  /\/ops\/(bootstrap|checkov|deployment|pipelines|rehearse)\/|\/(rollout|rds_import|database_restores)\./;

/** As Jest wants a test sequencer: https://jestjs.io/docs/configuration#testsequencer-string */
export default class LongestFirst {
  sort(tests: readonly Test[]): Test[] {
    return tests.toSorted((a, b) => Number(LONG.test(b.path)) - Number(LONG.test(a.path)));
  }

  allFailedTests(tests: readonly Test[]): Test[] {
    return [...tests];
  }

  shard({ tests }: { readonly tests: readonly Test[] }): Test[] {
    return [...tests];
  }

  cacheResults(): void {
    // Times of another machine would say nothing here.
  }
}
