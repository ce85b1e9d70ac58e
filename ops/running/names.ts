/** What an environment's things are called in AWS; names.unit.test.ts compares with the stacks. */
import { PROJECT } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';

export const clusterName = ({ prefix }: Environment) => prefix;
export const serviceName = ({ prefix }: Environment) => `${prefix}-service`;
export const serviceLog = ({ prefix }: Environment) => `/${prefix}/service`;
export const migrationLog = ({ prefix }: Environment) => `/${prefix}/migration`;
export const consoleLog = ({ prefix }: Environment) => `/${prefix}/psql`;
export const repositoryName = PROJECT;
