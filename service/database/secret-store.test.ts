import { setImmediate as turn } from 'node:timers/promises';
import { type AwsStandIn, startAwsStandIn } from '../testing/aws-stand-in.ts';
import { secretsManager } from './secret-store.ts';

let aws: AwsStandIn;
beforeEach(async () => {
  aws = await startAwsStandIn();
  aws.secrets.set('application', 'a secret');
});
afterEach(() => aws.stop());

test('a question that gets no answer is asked again', async () => {
  aws.goAway('silent');

  const answer = secretsManager().read('application');
  while (aws.asked === 0) await turn();
  aws.comeBack();

  await expect(answer).resolves.toBe('a secret');
}, 10_000);

test('a store that only errs is given up', async () => {
  aws.goAway('erring');

  await expect(secretsManager().read('application')).rejects.toMatchObject({ $fault: 'server' });
  expect(aws.asked).toBeGreaterThan(1);
});
