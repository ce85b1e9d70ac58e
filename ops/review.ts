/** `npm run review`: what plans of Terraform do to people, the worst first. */
import { runCommand } from './deployment/command.ts';
import { WrongUse } from './deployment/refusal.ts';
import { asJson } from './review/as-json.ts';
import { asMarkdown } from './review/markdown.ts';
import { onlyImage } from './review/only-image.ts';
import type { Plan } from './review/plan-document.ts';
import { readPlanFile } from './review/plan-files.ts';
import { approvalsNeeded, review } from './review/review.ts';
import { asTerminal } from './review/terminal.ts';

const USAGE = `Usage: npm run review -- [--format <form>] <plan.json>...
       npm run review -- --only-image <plan.json>...

Ranks what plans of Terraform do to people: data lost, downtime, ways in from outside, power,
secrets, money, drift, names. Values that Terraform marks as sensitive are never shown.

  <plan.json>      what terraform show -json <saved plan> writes, of any stacks; plans.json beside
                   it, which npm run plan writes, tells where in stacks/ a resource comes from
  --format <form>  terminal (the default), markdown (for a comment), or json (to be kept)
  --only-image     whether they bring another image, and nothing but what follows from it
  --help           this text

Exits with 0 when nothing is risky, with 2 when a person must approve what is named (or when
more than the image changes), 1 when a file is no plan, 64 when the arguments are wrong.
`;

/** A person must say yes. */
const EXIT_APPROVAL = 2;

const FORMS = { terminal: asTerminal, markdown: asMarkdown, json: asJson };

if (import.meta.main) {
  process.exitCode = await runCommand({
    name: 'review',
    usage: USAGE,
    options: {
      format: { type: 'string', default: 'terminal' },
      'only-image': { type: 'boolean', default: false },
    },
    run: async ({ values: { format, 'only-image': isOnlyImage }, positionals: files }) => {
      const form = formOf(format);
      if (files.length === 0) throw new WrongUse('a plan is needed: terraform show -json');
      const plans: Plan[] = [];
      for (const file of files) plans.push(await readPlanFile(file));
      requireDistinct(plans);
      if (isOnlyImage) return tellWhetherOnlyImage(plans);
      const reviewed = review(plans);
      process.stdout.write(form(reviewed));
      return approvalsNeeded(reviewed).length > 0 ? EXIT_APPROVAL : 0;
    },
  });
}

function formOf(name: string): (typeof FORMS)[keyof typeof FORMS] {
  if (Object.hasOwn(FORMS, name)) return FORMS[name as keyof typeof FORMS];
  throw new WrongUse(`--format takes ${Object.keys(FORMS).join(', ')}, not '${name}'`);
}

/** An approval names the stack. */
function requireDistinct(plans: readonly Plan[]): void {
  const names = plans.map(({ stack }) => stack);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) throw new WrongUse(`two of the plans are of '${twin}'`);
}

function tellWhetherOnlyImage(plans: readonly Plan[]): number {
  const { following, others } = onlyImage(plans);
  for (const { stack, sha256 } of plans) console.log(`sha256 of ${stack}: ${sha256}`);
  if (others.length === 0) {
    const nothing = following.length === 0;
    console.log(nothing ? 'nothing changes' : 'only the image changes, and what follows from it:');
    for (const line of following) console.log(`  ${line}`);
    return 0;
  }
  console.log('more than the image changes:');
  for (const line of others) console.log(`  ${line}`);
  return EXIT_APPROVAL;
}
