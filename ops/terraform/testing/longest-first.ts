/** The order of the tests with real Terraform: those that mostly wait begin, the others fill their waits. */
interface Test {
  readonly path: string;
}

/** Folders whose tests make and destroy whole stacks. */
const LONG = /\/ops\/(bootstrap|rehearse|deployment)\/|\/rollout\./;

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
