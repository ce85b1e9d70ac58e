/** An image comes into service with a release alone, which migrates first: never with a saved plan. */
import { Refusal } from '../deployment/refusal.ts';

/** Of `terraform show -json`; what was read of AWS for the plan stands in its prior state. */
interface Shown {
  readonly resource_changes?: readonly {
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before?: { readonly container_definitions?: string } | null;
    };
  }[];
  readonly prior_state?: {
    readonly values?: {
      readonly root_module?: {
        readonly resources?: readonly {
          readonly mode: string;
          readonly type: string;
          readonly values?: { readonly insecure_value?: unknown };
        }[];
      };
    };
  };
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * A release that was broken off may have left a digest that is not migrated to.
 * @throws Refusal where tasks would get an image that none of the stack has
 */
export function requireSameImage(
  text: string,
  { stack, environment }: { readonly stack: string; readonly environment: string },
): void {
  const shown = JSON.parse(text) as Shown;
  const tasks = (shown.resource_changes ?? []).filter(
    ({ type }) => type === 'aws_ecs_task_definition',
  );
  if (!tasks.some(({ change }) => change.actions.includes('create'))) return;
  const present = tasks.map(({ change }) => change.before?.container_definitions ?? '').join('\n');
  const other = digestsReadBy(shown).find((digest) => !present.includes(digest));
  if (other === undefined) return;
  throw new Refusal(
    `${stack}: the plan gives tasks the image ${other}, which they do not have yet. A release does that, and migrates first: npm run release -- ${environment}`,
  );
}

function digestsReadBy({ prior_state: prior }: Shown): string[] {
  return (prior?.values?.root_module?.resources ?? [])
    .filter(({ mode, type }) => mode === 'data' && type === 'aws_ssm_parameter')
    .map(({ values }) => String(values?.insecure_value))
    .filter((value) => DIGEST.test(value));
}
