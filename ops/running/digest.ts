/** The parameter that says which image an environment runs. Releases write it, plans read it. */
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { IMAGE_DIGEST_PARAMETER, NO_IMAGE, PROJECT } from '../../contract.ts';
import type { Environment } from '../../stacks/place.ts';

/** `sha256:…`; undefined before the first release, and before there is an environment. */
export async function readDigest(environment: Environment): Promise<string | undefined> {
  const { region } = environment;
  const question = new GetParameterCommand({ Name: nameOf(environment) });
  try {
    const { Parameter } = await new SSMClient({ region }).send(question);
    return Parameter?.Value === NO_IMAGE ? undefined : Parameter?.Value;
  } catch (error) {
    if ((error as Error).name === 'ParameterNotFound') return undefined;
    throw error;
  }
}

/** @param digest undefined takes the released image back, as before the first release */
export async function writeDigest(environment: Environment, digest?: string): Promise<void> {
  await new SSMClient({ region: environment.region }).send(
    new PutParameterCommand({
      Name: nameOf(environment),
      Value: digest ?? NO_IMAGE,
      Overwrite: true,
    }),
  );
}

function nameOf({ label }: Environment): string {
  return `/${PROJECT}/${label}/${IMAGE_DIGEST_PARAMETER}`;
}
