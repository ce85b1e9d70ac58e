/** A service of some tasks behind a load balancer, and its visitors. */
import {
  CreateServiceCommand,
  DescribeServicesCommand,
  ListTasksCommand,
  type Service,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DescribeTargetHealthCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { CLUSTER, type Stage } from './stage.ts';

const PORT = 3000;
const NAME = 'shop';

/** A server that answers with its version; /health says 200 unless it is ill. It stops when asked. */
export function server(version: string, health = 200): string {
  return `
    require('http').createServer((asked, answer) => {
      answer.statusCode = asked.url === '/health' ? ${health} : 200;
      answer.end('${version}');
    }).listen(${PORT});
    process.on('SIGTERM', () => setTimeout(() => process.exit(0), 500));`;
}

/** As on a busy machine: it is silent for six seconds, then ill for three; then it is well. */
export function slowServer(version: string): string {
  return `
    const begun = Date.now();
    const isWell = () => Date.now() - begun > 9000;
    const server = require('http').createServer((asked, answer) => {
      answer.statusCode = asked.url !== '/health' || isWell() ? 200 : 503;
      answer.end('${version}');
    });
    setTimeout(() => server.listen(${PORT}), 6000);
    process.on('SIGTERM', () => setTimeout(() => process.exit(0), 500));`;
}

export class Shop {
  readonly host: string;
  readonly #stage: Stage;
  readonly groupArn: string;

  private constructor(stage: Stage, host: string, groupArn: string) {
    this.#stage = stage;
    this.host = host;
    this.groupArn = groupArn;
  }

  static async open(stage: Stage, taskDefinition: string, desiredCount = 2): Promise<Shop> {
    const { LoadBalancers } = await stage.elb.send(
      new CreateLoadBalancerCommand({ Name: NAME, Subnets: ['subnet-1', 'subnet-2'] }),
    );
    const { LoadBalancerArn, DNSName = '' } = LoadBalancers?.[0] ?? {};
    const groupArn = await createGroup(stage);
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn: groupArn }];
    await stage.elb.send(
      new CreateListenerCommand({ LoadBalancerArn, Port: 80, Protocol: 'HTTP', DefaultActions }),
    );
    await stage.ecs.send(
      new CreateServiceCommand({
        cluster: CLUSTER,
        serviceName: NAME,
        taskDefinition,
        desiredCount,
        launchType: 'FARGATE',
        healthCheckGracePeriodSeconds: 4,
        loadBalancers: [{ targetGroupArn: groupArn, containerName: 'store', containerPort: PORT }],
        deploymentConfiguration: {
          minimumHealthyPercent: 100,
          maximumPercent: 200,
          deploymentCircuitBreaker: { enable: true, rollback: true },
        },
      }),
    );
    return new Shop(stage, DNSName, groupArn);
  }

  async update(
    change: Partial<
      Pick<Service, 'taskDefinition' | 'desiredCount' | 'healthCheckGracePeriodSeconds'>
    >,
  ): Promise<void> {
    await this.#stage.ecs.send(
      new UpdateServiceCommand({ cluster: CLUSTER, service: NAME, ...change }),
    );
  }

  async describe(): Promise<Service> {
    const { services } = await this.#stage.ecs.send(
      new DescribeServicesCommand({ cluster: CLUSTER, services: [NAME] }),
    );
    return services?.[0] ?? {};
  }

  /** The service when its only deployment is completed with all its tasks. */
  async steady(): Promise<Service | undefined> {
    const service = await this.describe();
    const { deployments = [], runningCount, desiredCount } = service;
    const isDone = deployments.length === 1 && deployments[0]?.rolloutState === 'COMPLETED';
    return isDone && runningCount === desiredCount ? service : undefined;
  }

  async tasks(): Promise<string[]> {
    const { taskArns = [] } = await this.#stage.ecs.send(
      new ListTasksCommand({ cluster: CLUSTER, serviceName: NAME }),
    );
    return taskArns;
  }

  /** States of the targets, sorted. */
  async targets(): Promise<string[]> {
    const { TargetHealthDescriptions = [] } = await this.#stage.elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: this.groupArn }),
    );
    return TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State ?? '').toSorted();
  }

  /** What the shop answers through its front door: `200 v1`. */
  async ask(path = '/'): Promise<string> {
    const { hostname, port } = new URL(this.#stage.emulator.endpoint);
    // The host that is asked for is not the one that is called, which fetch does not allow.
    return new Promise((resolve, reject) => {
      request({ hostname, port, path, headers: { host: this.host }, agent: false }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => resolve(`${answer.statusCode} ${Buffer.concat(parts).toString()}`));
      })
        .on('error', reject)
        .end();
    });
  }

  /** Asks all the time while something happens. @returns how often each answer came */
  async visitedWhile(happening: Promise<unknown>): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const over = new AbortController();
    const visit = async () => {
      while (!over.signal.aborted) {
        const answer = await this.ask().catch((error: unknown) => (error as Error).message);
        counts[answer] = (counts[answer] ?? 0) + 1;
        await pause(20);
      }
    };
    const visits = visit();
    await happening.finally(() => over.abort());
    await visits;
    return counts;
  }
}

async function createGroup(stage: Stage): Promise<string> {
  const { TargetGroups } = await stage.elb.send(
    new CreateTargetGroupCommand({
      Name: NAME,
      TargetType: 'ip',
      Protocol: 'HTTP',
      Port: PORT,
      VpcId: 'vpc-1',
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 5,
      HealthyThresholdCount: 2,
      UnhealthyThresholdCount: 2,
    }),
  );
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}
