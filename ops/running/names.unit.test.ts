import { App, Testing } from 'cdktf';
import { addEnvironment } from '../../stacks/store.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { clusterName, consoleLog, migrationLog, serviceLog, serviceName } from './names.ts';

interface Synthesised {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { name?: string }>>>>;
}

const environment = anEnvironment('dev');

function namesOf(type: string): (string | undefined)[] {
  const app = new App({ outdir: '/nowhere' });
  addEnvironment(app, environment);
  return app.node.children.flatMap((stack) => {
    const { resource = {} } = JSON.parse(Testing.synth(stack as never)) as Synthesised;
    return Object.values(resource[type] ?? {}).map(({ name }) => name);
  });
}

test('commands call cluster, service and logs what the stacks call them', () => {
  expect(namesOf('aws_ecs_cluster')).toEqual([clusterName(environment)]);
  expect(namesOf('aws_ecs_service')).toEqual([serviceName(environment)]);
  expect(namesOf('aws_cloudwatch_log_group')).toEqual(
    expect.arrayContaining([
      serviceLog(environment),
      migrationLog(environment),
      consoleLog(environment),
    ]),
  );
});
