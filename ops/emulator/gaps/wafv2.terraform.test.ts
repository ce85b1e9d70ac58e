import type { Emulator } from '../emulator.ts';
import { ask } from '../testing/ask.ts';
import { ACCOUNT, type Both, REGION, startBoth } from '../testing/both.ts';

const LOGS = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:aws-waf-logs-store`;
const redacted = [{ SingleHeader: { Name: 'authorization' } }];

let both: Both;

beforeAll(async () => {
  both = await startBoth();
});

afterAll(() => both.stop());

const asked = (emulator: Emulator, action: string, body: object) =>
  ask(emulator, { service: 'wafv2', action: `AWSWAF_20190729.${action}`, body });

async function makeFirewall(emulator: Emulator) {
  const { body } = await asked(emulator, 'CreateWebACL', {
    Name: `store-${performance.now()}`,
    Scope: 'REGIONAL',
    DefaultAction: { Allow: {} },
  });
  return body.Summary as { ARN: string; Id: string; Name: string; LockToken: string };
}

const configuration = (ResourceArn: string, destination = LOGS) => ({
  LoggingConfiguration: {
    ResourceArn,
    LogDestinationConfigs: [destination],
    RedactedFields: redacted,
  },
});

test('the log of a firewall is what was put, until it is deleted', async () => {
  const { ARN } = await makeFirewall(both.filled);
  await asked(both.filled, 'PutLoggingConfiguration', configuration(ARN));

  const found = await asked(both.filled, 'GetLoggingConfiguration', { ResourceArn: ARN });
  const gone = await asked(both.filled, 'DeleteLoggingConfiguration', { ResourceArn: ARN });
  const after = await asked(both.filled, 'GetLoggingConfiguration', { ResourceArn: ARN });

  expect(found.body).toMatchObject(configuration(ARN));
  expect(gone.status).toBe(200);
  expect(after.body).toMatchObject({ __type: 'WAFNonexistentItemException' });
});

test('it goes with its firewall', async () => {
  const { ARN, ...firewall } = await makeFirewall(both.filled);
  await asked(both.filled, 'PutLoggingConfiguration', configuration(ARN));
  await asked(both.filled, 'DeleteWebACL', { ...firewall, Scope: 'REGIONAL' });

  const { body } = await asked(both.filled, 'ListLoggingConfigurations', { Scope: 'REGIONAL' });

  expect(body.LoggingConfigurations).toEqual([]);
});

test('a log group of another name is refused, as AWS does', async () => {
  const { ARN } = await makeFirewall(both.filled);
  const wrong = configuration(ARN, LOGS.replace('aws-waf-logs-', ''));

  const refused = await asked(both.filled, 'PutLoggingConfiguration', wrong);

  expect(refused).toMatchObject({
    status: 400,
    body: { __type: 'WAFInvalidParameterException' },
  });
});

test('without our filler a firewall has no log', async () => {
  const { ARN } = await makeFirewall(both.plain);

  const { body } = await asked(both.plain, 'PutLoggingConfiguration', configuration(ARN));

  expect(body).toMatchObject({ __type: 'InvalidAction' });
});
