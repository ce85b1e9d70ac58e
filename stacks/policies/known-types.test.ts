import { App } from 'cdktf';
import type { Place } from '../place.ts';
import { StoreStack } from '../store-stack.ts';
import { anAccount, anEnvironment } from '../testing/places.ts';
import { add, refusalIn, refusalOf } from '../testing/refusal.ts';
import { knownTypes } from './known-types.ts';

class AnyStack extends StoreStack {
  constructor(place: Place) {
    super(new App(), place, 'any');
  }
}

function refusal(place: Place, type: string): string {
  const stack = new AnyStack(place);
  add(stack, type, 'it');
  return refusalIn(stack, knownTypes);
}

test('a type that is new says which list it needs to be in, and which policies may have to learn it', () => {
  expect(refusalOf(knownTypes, (stack) => add(stack, 'aws_sns_topic', 'it'))).toContain(
    '[stack/it] aws_sns_topic is new here, so policies would pass over it: see what it needs from encrypted-at-rest,',
  );
  expect(refusal(anEnvironment(), 'aws_sns_topic')).toContain(
    "then list it in stacks/pipelines/actions/, with the actions that the pipelines' roles need for it",
  );
  expect(refusal(anAccount(), 'aws_sns_topic')).toContain(
    'then list it in stacks/policies/known-types.ts',
  );
});

test('what Terraform looks up is judged too', () => {
  expect(
    refusalOf(knownTypes, (stack) =>
      stack.addOverride('data.aws_caller_identity.it', { count: 1 }),
    ),
  ).toContain('[stack] aws_caller_identity is new here');
});

test('an environment has no policies that can be attached to any role; its account has', () => {
  expect(refusal(anEnvironment(), 'aws_iam_policy')).toContain(
    "[dev-any/it] aws_iam_policy is for the account's stacks only: put it into stacks/registry-stack.ts",
  );
  expect(refusal(anAccount(), 'aws_iam_policy')).not.toContain('known-types');
});

test('what environments have, accounts may have too', () => {
  expect(refusal(anEnvironment(), 'aws_vpc')).not.toContain('known-types');
  expect(refusal(anAccount(), 'aws_vpc')).not.toContain('known-types');
});
