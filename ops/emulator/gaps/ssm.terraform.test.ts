import {
  DescribeParametersCommand,
  GetParameterHistoryCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { Emulator } from '../emulator.ts';
import { type Both, clientSettings, startBoth } from '../testing/both.ts';

const Name = '/store/dev/image-digest';
const AllowedPattern = '^(none|sha256:[0-9a-f]+)$';

let both: Both;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

/** A parameter whose second value was put without saying its pattern again. */
async function putTwice(emulator: Emulator): Promise<SSMClient> {
  const ssm = new SSMClient(clientSettings(emulator));
  await ssm.send(
    new PutParameterCommand({
      Name,
      Type: 'String',
      Value: 'none',
      AllowedPattern,
      Overwrite: true,
    }),
  );
  await ssm.send(new PutParameterCommand({ Name, Value: 'sha256:1a', Overwrite: true }));
  return ssm;
}

test('a new value leaves the pattern, and the old value in the history', async () => {
  const ssm = await putTwice(both.filled);

  const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
  const { Parameters: history = [] } = await ssm.send(new GetParameterHistoryCommand({ Name }));

  expect(Parameters).toMatchObject([{ Name, AllowedPattern }]);
  expect(history.map(({ Value }) => Value)).toEqual(['none', 'sha256:1a']);
});

test('a value that does not match is refused', async () => {
  const ssm = await putTwice(both.filled);

  const wrong = ssm.send(new PutParameterCommand({ Name, Value: 'latest', Overwrite: true }));

  await expect(wrong).rejects.toMatchObject({ name: 'ParameterPatternMismatchException' });
});

test('without our filler the pattern is forgotten', async () => {
  const ssm = await putTwice(both.plain);

  const { Parameters = [] } = await ssm.send(new DescribeParametersCommand({}));

  expect(Parameters.map((parameter) => parameter.AllowedPattern ?? '')).toEqual(['']);
});
