/** What Terraform is given, as JSON to look into. */
import { type TerraformStack, Testing } from 'cdktf';

type Body = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Body>>>>;

export interface Synthesised {
  readonly terraform: Body;
  readonly provider: Readonly<Record<string, readonly Body[]>>;
  readonly data: Blocks;
  readonly resource: Blocks;
  readonly output: Readonly<Record<string, Body>>;
}

/** A stack as it is written for Terraform. Throws on what a policy refuses. */
export function synthesise(stack: TerraformStack): Synthesised {
  Testing.fullSynth(stack);
  return JSON.parse(Testing.synth(stack)) as Synthesised;
}

/** All resources of one type, whatever their names. */
export function resourcesOf(synthesised: Synthesised, type: string): Body[] {
  return Object.values(synthesised.resource[type] ?? {});
}
