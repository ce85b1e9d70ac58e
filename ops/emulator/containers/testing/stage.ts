/** An emulated AWS with containers, a registry that holds an image, and a cluster. */
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  type ContainerDefinition,
  CreateClusterCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator.ts';
import { docker } from '../engine.ts';
import { type ContainerNetwork, createNetwork, removeEverything } from '../network.ts';
import { NODE_IMAGE } from './with-containers.ts';

export const LOG_GROUP = '/stage';
export const CLUSTER = 'stage';

export const DATABASE = {
  DBInstanceIdentifier: 'books',
  DBInstanceClass: 'db.t4g.micro',
  Engine: 'postgres',
  EngineVersion: '17.6',
  AllocatedStorage: 20,
  MasterUsername: 'owner',
  MasterUserPassword: 'a-long-password',
  DBName: 'store',
};

const accountId = '123456789012';
const region = 'eu-central-1';

export class Stage {
  readonly emulator: Emulator;
  readonly network: ContainerNetwork;
  readonly ecs: ECSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly logs: CloudWatchLogsClient;
  /** With its digest, under the name that ECR gives it. */
  readonly image: string;

  private constructor(emulator: Emulator, network: ContainerNetwork, image: string) {
    this.emulator = emulator;
    this.network = network;
    this.image = image;
    const settings = this.client();
    this.ecs = new ECSClient(settings);
    this.elb = new ElasticLoadBalancingV2Client(settings);
    this.logs = new CloudWatchLogsClient(settings);
  }

  /** @param registry whether it holds an image, which takes seconds */
  static async open(
    options: Partial<EmulatorOptions> = {},
    registry: 'filled' | 'empty' = 'filled',
  ): Promise<Stage> {
    const network = await createNetwork(`stage-${process.pid}-${Date.now()}`);
    const containers = network;
    const emulator = await startEmulator({ accountId, region, containers, ...options });
    const digest = registry === 'filled' ? await push(emulator) : '';
    const image = `${accountId}.dkr.ecr.${region}.amazonaws.com/stage@${digest}`;
    const stage = new Stage(emulator, network, image);
    await stage.ecs.send(new CreateClusterCommand({ clusterName: CLUSTER }));
    await stage.logs.send(new CreateLogGroupCommand({ logGroupName: LOG_GROUP }));
    return stage;
  }

  async close(): Promise<void> {
    await this.emulator.stop();
    await removeEverything(this.network.name);
  }

  /** What a client of AWS needs for this one, as root. */
  client() {
    return clientOf(this.emulator.endpoint);
  }

  /** @returns once its container is there */
  async startDatabase(): Promise<void> {
    await Stage.startDatabaseAt(this.emulator.endpoint);
  }

  static async startDatabaseAt(endpoint: string): Promise<void> {
    await new RDSClient(clientOf(endpoint)).send(new CreateDBInstanceCommand(DATABASE));
  }

  /** A definition of a task that runs a script. @returns its ARN */
  async define(
    script: string,
    container: Partial<ContainerDefinition> = {},
    task: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<string> {
    const definition = { ...this.container(script), ...container };
    const { taskDefinition } = await this.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: 'stage',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        containerDefinitions: [definition],
        ...task,
      }),
    );
    return taskDefinition?.taskDefinitionArn ?? '';
  }

  private container(script: string): ContainerDefinition {
    const options = {
      'awslogs-group': LOG_GROUP,
      'awslogs-region': region,
      'awslogs-stream-prefix': 'task',
    };
    return {
      name: 'store',
      image: this.image,
      command: ['node', '-e', script],
      essential: true,
      stopTimeout: 2,
      logConfiguration: { logDriver: 'awslogs', options },
    };
  }
}

function clientOf(endpoint: string) {
  const credentials = { accessKeyId: accountId, secretAccessKey: 'emulated' };
  return { endpoint, region, credentials };
}

/** @returns the digest that the registry knows it by */
async function push({ endpoint }: Emulator): Promise<string> {
  const ecr = new ECRClient(clientOf(endpoint));
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'stage' }));
  const name = `${endpoint.replace('http://', '')}/stage:test`;
  await docker('tag', NODE_IMAGE, name);
  const said = await docker('push', name);
  return /sha256:[0-9a-f]{64}/.exec(said)?.[0] ?? '';
}
