/** What roles of environments that are no shop's may do, their pipelines' too. */
import { Testing } from 'cdktf';
import { accountsOf, type Account, type Environment } from '../../../stacks/place.ts';
import { addStore } from '../../../stacks/store.ts';
import { anEnvironment } from '../../../stacks/testing/places.ts';
import { Program } from '../../../stacks/written/program.ts';
import { type Permissions, permissionsOf } from '../ask.ts';

const github = {
  repository: 'our-team/our-store',
  ownerId: '1234',
  repositoryId: '5678',
  provider: 'create',
} as const;

export interface Known extends Permissions {
  readonly environment: Environment;
}

/** Of `dev` and `prod` in one account; both are synthesised once. */
export function somePermissions(): { readonly dev: Known; readonly prod: Known } {
  const { dev, prod } = someProgram();
  return { dev, prod };
}

/** The same, with the stacks that say so. */
export function someProgram(): {
  readonly dev: Known;
  readonly prod: Known;
  readonly program: Program;
} {
  const [dev, prod] = [anEnvironment('dev', { github }), anEnvironment('prod', { github })];
  const app = Testing.app();
  addStore(app, [dev, prod]);
  const program = Program.of(app);
  const account = accountsOf([dev, prod])[0] as Account;
  return {
    program,
    dev: { environment: dev, ...permissionsOf(program, dev, account) },
    prod: { environment: prod, ...permissionsOf(program, prod, account) },
  };
}
