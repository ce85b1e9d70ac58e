import { DataTerraformRemoteStateS3, Testing } from 'cdktf';
import { PROJECT } from '../../contract.ts';
import { type Place, toEnvironment } from '../place.ts';
import { StoreStack } from '../store-stack.ts';
import { anAccount, anEnvironment } from '../testing/places.ts';
import { add, refusalIn } from '../testing/refusal.ts';
import { someTable } from '../testing/some-table.ts';
import { ownReferences } from './own-references.ts';

class AnyStack extends StoreStack {
  constructor(app: ReturnType<typeof Testing.app>, place: Place, name = 'any') {
    super(app, place, name);
  }
}

const dev = anEnvironment('dev');
const copy = toEnvironment('dev', { ...someTable.dev, suffix: 'b' });
const prod = anEnvironment('prod');

/** A stack of the home beside one of each other place, of which it names an attribute. */
function refersTo(home: Place, other: Place): string {
  const app = Testing.app();
  const named = add(new AnyStack(app, other, 'other'), 'aws_vpc', 'named');
  const stack = new AnyStack(app, home);
  add(stack, 'aws_subnet', 'it', { vpc_id: named.getStringAttribute('id') });
  return refusalIn(stack, ownReferences);
}

function names(home: Place, value: string): string {
  const app = Testing.app();
  for (const place of [dev, copy, prod, anAccount()]) new AnyStack(app, place, 'other');
  const stack = new AnyStack(app, home);
  add(stack, 'aws_sqs_queue', 'it', { name: value });
  return refusalIn(stack, ownReferences);
}

test("refuses a reference to another environment's resource", () => {
  expect(refersTo(dev, prod)).toContain(
    "[dev-any/it] aws_subnet refers to prod-other, which is neither dev's nor its account's: name what dev has itself",
  );
});

test.each([
  ['its own environment', dev],
  ['its account', anAccount()],
])('keeps a reference to %s', (_, other) => {
  expect(refersTo(dev, other)).not.toContain('own-references');
});

test("refuses a reference to another account's resource", () => {
  const elsewhere = anAccount(anEnvironment('prod', { accountId: '210987654321' }));

  expect(refersTo(dev, elsewhere)).toContain('refers to');
});

test.each([
  ['of nobody', { key: 'somebody-elses.tfstate' }, 'data', 'somebody-elses.tfstate'],
  [
    'under a false name',
    { key: 'prod-other.tfstate' },
    'cross-stack-reference-input-dev-other',
    '',
  ],
])('refuses a state %s', (_, { key }, id, said) => {
  const app = Testing.app();
  for (const place of [dev, prod]) new AnyStack(app, place, 'other');
  const stack = new AnyStack(app, dev);
  const { stateBucket: bucket, region } = dev;
  new DataTerraformRemoteStateS3(stack, id, { bucket, key, region });

  const refusal = refusalIn(stack, ownReferences);

  expect(refusal).toContain(`reads the state ${bucket}/${key}, which is no other stack's`);
  expect(refusal).toContain(said);
});

test.each([
  [`arn:aws:sqs:eu-central-1:123456789012:${PROJECT}-prod-orders`, dev, `${PROJECT}-prod`],
  [`parameter/${PROJECT}/prod/settings`, dev, `${PROJECT}/prod`],
  [`parameter/${PROJECT}/dev-b/settings`, dev, `${PROJECT}/dev-b`],
  [`${PROJECT}-dev-orders`, copy, `${PROJECT}-dev`],
  [`/aws/rds/instance/${PROJECT}-dev/postgresql`, copy, `${PROJECT}-dev`],
])('refuses the name %s of another environment', (name, home, said) => {
  expect(names(home, name)).toContain(
    `aws_sqs_queue names ${said}, of another environment: name what ${home.label} has itself`,
  );
});

test.each([
  [`${PROJECT}-dev-orders`, dev],
  // What dev calls `b`, or a copy: nobody can tell.
  [`${PROJECT}-dev-b`, dev],
  [`${PROJECT}-dev-b-orders`, copy],
  [`parameter/${PROJECT}/dev-b/settings`, copy],
  [`${PROJECT}-prodigy`, dev],
  [`my${PROJECT}-prod`, dev],
  [`https://${PROJECT}-prod.example.com`, dev],
])('keeps the name %s', (name, home) => {
  expect(names(home, name)).not.toContain('own-references');
});
