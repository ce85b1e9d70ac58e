/** Databases of an emulated AWS with containers, and what is in them. */
import { type DBInstance, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { docker } from '../engine.ts';
import { eventually } from './runs.ts';
import { DATABASE, type Stage } from './stage.ts';

const { MasterUsername, MasterUserPassword, DBName } = DATABASE;

export class Databases {
  readonly rds: RDSClient;
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.rds = new RDSClient(stage.client());
    this.#stage = stage;
  }

  async describe(DBInstanceIdentifier: string): Promise<DBInstance> {
    const found = await this.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    return found.DBInstances?.[0] ?? {};
  }

  async available(identifier: string): Promise<DBInstance> {
    return eventually(`the database ${identifier}`, async () => {
      const found = await this.describe(identifier);
      return found.DBInstanceStatus === 'available' ? found : undefined;
    });
  }

  /** @returns once it can be restored to that time */
  async backedUp(identifier: string, moment: Date): Promise<void> {
    await eventually('a backup', async () => {
      const { LatestRestorableTime: latest } = await this.describe(identifier);
      return latest !== undefined && latest >= moment ? true : undefined;
    });
  }

  /** By its address, from a container on the network that has a client. @returns what it found */
  async sql(
    { Endpoint }: DBInstance,
    statement: string,
    password = MasterUserPassword,
  ): Promise<string> {
    const label = ['--filter', `label=${this.#stage.network.label}`];
    const [client = ''] = (await docker('ps', '--quiet', ...label)).split('\n');
    const url = `postgres://${MasterUsername}:${password}@${Endpoint?.Address}/${DBName}`;
    return docker('exec', client, 'psql', url, '-AtXc', statement);
  }
}
