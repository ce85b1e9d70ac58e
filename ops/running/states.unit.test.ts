import { App, Testing } from 'cdktf';
import { STACKS } from '../deployment/environment-stacks.ts';
import { addEnvironment } from '../../stacks/store.ts';
import { anEnvironment } from '../../stacks/testing/places.ts';
import { resourcesIn, stateKeyOf } from './states.ts';

test('states are looked for where the stacks keep them', () => {
  const environment = anEnvironment('dev', { suffix: 'copy' });
  const app = new App({ outdir: '/nowhere' });
  addEnvironment(app, environment);

  const keys = app.node.children.map((stack) => {
    const { terraform } = JSON.parse(Testing.synth(stack as never)) as {
      terraform: { backend: { s3: { key: string } } };
    };
    return terraform.backend.s3.key;
  });

  expect(keys.toSorted()).toEqual(STACKS.map((name) => stateKeyOf(environment, name)).toSorted());
});

test('what a stack only looked up is not counted as its own', () => {
  const state = {
    resources: [
      { mode: 'data', type: 'terraform_remote_state', instances: [{ attributes: {} }] },
      { mode: 'managed', type: 'aws_lb', instances: [{ attributes: { arn: 'an:arn' } }] },
    ],
  };

  expect(resourcesIn(JSON.stringify(state))).toEqual([
    { type: 'aws_lb', attributes: { arn: 'an:arn' } },
  ]);
});
