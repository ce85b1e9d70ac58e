/** With real Terraform: a review answers for the plans of a release. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Approval } from '../deployment/approval.ts';
import { Progress } from '../deployment/progress.ts';
import { Refusal, WrongUse } from '../deployment/refusal.ts';
import { Stack } from '../deployment/stack.ts';
import { readPlan } from '../review/plan-document.ts';
import { asJson } from '../review/as-json.ts';
import { review } from '../review/review.ts';
import { Terraform } from '../terraform/terraform.ts';
import { readReviewed, reviewedOnly } from './reviewed.ts';

let terraform: Terraform;
let folder: string;
beforeAll(async () => {
  terraform = await Terraform.find();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reviewed-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const DEV = { name: 'dev', label: 'dev' };

async function stackWith(resources: object): Promise<Stack> {
  const own = join(folder, 'dev-network');
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'cdk.tf.json'), JSON.stringify({ resource: resources }));
  return new Stack(terraform, own);
}

/** The plan of these resources, reviewed as `npm run review -- --format json` does. */
async function reviewOf(
  resources: object,
  terms: Partial<ConstructorParameters<typeof Approval>[1]> = {},
) {
  const stack = await stackWith(resources);
  await stack.plan(() => undefined);
  const reviewedPlans = review([readPlan(await stack.shownPlan(), stack.name)]);
  const file = join(folder, 'review.json');
  await writeFile(file, asJson(reviewedPlans));
  const reviewed = await readReviewed(file, DEV);
  return new Approval(new Progress(), { yes: false, reviewed, ...terms });
}

const ROSES = { terraform_data: { garden: { input: 'roses' } } };
const WEEDS = { terraform_data: { garden: { input: 'weeds' } } };

test('a plan that does what was reviewed is applied without a question', async () => {
  const approval = await reviewOf(ROSES);

  await expect(approval.apply(await stackWith(ROSES), () => undefined)).resolves.toBe('1 created');
});

test('a plan that does something else is not, and the command ends with 2', async () => {
  const said = import.meta.jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const approval = await reviewOf(ROSES);
  const stack = await stackWith(WEEDS);

  const code = await reviewedOnly({ yes: false, reviewed: 'review.json' }, async () => {
    // As it comes out of a release that has put back what was before.
    await approval
      .apply(stack, () => undefined)
      .catch((cause: unknown) => {
        throw new Refusal((cause as Error).message, { cause });
      });
  });

  expect(code).toBe(2);
  expect(said.mock.calls.join()).toMatch(
    /nobody has reviewed this:\n.*terraform_data\.garden.*weeds/,
  );
  await expect(stack.resources()).resolves.toEqual([]);
});

test('whatever is no review is refused, and a yes to everything beside one', async () => {
  const file = join(folder, 'plan.json');
  await writeFile(file, '{"resource_changes": []}');

  await expect(readReviewed(file, DEV)).rejects.toThrow('is no review');
  await expect(reviewedOnly({ yes: true, reviewed: file }, async () => undefined)).rejects.toThrow(
    WrongUse,
  );
});

test("another environment's review is refused, also one that found nothing", async () => {
  const file = join(folder, 'review.json');
  await writeFile(
    file,
    JSON.stringify({ version: 1, plans: [{ stack: 'dev-network' }], findings: [] }),
  );

  await expect(readReviewed(file, { name: 'prod', label: 'prod' })).rejects.toThrow(
    'is a review of dev-network, not of prod',
  );
  await expect(readReviewed(file, DEV)).resolves.toBeInstanceOf(Function);
});

test('what must be seen at a terminal takes more than a review', async () => {
  const approval = await reviewOf(ROSES, { mustBeSeen: ({ action }) => action === 'create' });
  const stack = await stackWith(ROSES);

  await expect(approval.apply(stack, () => undefined)).rejects.toThrow(
    /somebody must see this first[^]*terraform_data\.garden/,
  );
  await expect(stack.resources()).resolves.toEqual([]);
});
