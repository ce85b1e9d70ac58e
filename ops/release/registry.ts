/** The account's registry: who may push, what is there, and for which processors it was built. */
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  type ImageIdentifier,
} from '@aws-sdk/client-ecr';
import { repositoryArn } from '../../stacks/constructs/repository.ts';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { repositoryName } from '../running/names.ts';

export interface RegistryLogin {
  /** Where to push: `<account>.dkr.ecr.<region>.amazonaws.com`. */
  readonly host: string;
  /** User and password, in base64. */
  readonly token: string;
}

/** As it stands in the registry: the digest is that of exactly this text. */
export interface Manifest {
  readonly text: string;
  readonly mediaType: string | undefined;
  readonly parts: Parts;
}

/** An image has a configuration and layers, a list of images has manifests. */
interface Parts {
  readonly config?: Blob;
  readonly layers?: readonly Blob[];
  readonly manifests?: readonly {
    readonly digest: string;
    readonly platform?: { readonly architecture: string };
  }[];
}

export interface Blob {
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

interface Configuration {
  readonly architecture: string;
  readonly config?: { readonly Labels?: Readonly<Record<string, string>> | null };
}

const OCI = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';

/** Valid for twelve hours. @throws Refusal */
export async function registryLogin({ region }: Environment): Promise<RegistryLogin> {
  const { authorizationData = [] } = await new ECRClient({ region }).send(
    new GetAuthorizationTokenCommand({}),
  );
  const [{ authorizationToken: token = '', proxyEndpoint = '' } = {}] = authorizationData;
  const host = URL.parse(proxyEndpoint)?.host;
  if (host === undefined) throw new Refusal('ECR names no registry to push to');
  return { host, token };
}

/** @returns the digest under a tag, or undefined. @throws Refusal when there is no repository */
export async function digestOfTag(
  environment: Environment,
  imageTag: string,
): Promise<string | undefined> {
  return (await describe(environment, { imageTag }))?.imageDigest;
}

/** @returns whether a tag keeps it: what has none is taken away after some days. @throws Refusal */
export async function isTagged(environment: Environment, imageDigest: string): Promise<boolean> {
  const { imageTags = [] } = (await describe(environment, { imageDigest })) ?? {};
  return imageTags.length > 0;
}

/**
 * What ECS would find: an image for other processors would be pulled, and never start.
 * @param architecture as Docker says it: `arm64` or `amd64`
 * @throws Refusal when it is not there, or for another architecture
 */
export async function requireImage(
  environment: Environment,
  digest: string,
  architecture: string,
): Promise<void> {
  const { manifests, config } = (await requireManifest(environment, digest)).parts;
  const found = manifests
    ? manifests.flatMap(({ platform }) => platform?.architecture ?? [])
    : [(await configurationOf(environment, config?.digest ?? '')).architecture];
  if (found.includes(architecture)) return;
  throw new Refusal(
    `the image ${digest} is for ${found.join(' and ')}, and the tasks are ${architecture}: build it with --platform linux/${architecture}`,
  );
}

/** @returns the digest of an image's configuration; none where it is a list. @throws Refusal */
export async function configOf(
  environment: Environment,
  digest: string,
): Promise<string | undefined> {
  return (await requireManifest(environment, digest)).parts.config?.digest;
}

/** The commit that an image says it was built from; lists do not say it. @throws Refusal */
export async function commitOf(environment: Environment, { parts }: Manifest): Promise<string> {
  if (parts.config === undefined) return 'unknown';
  const { config } = await configurationOf(environment, parts.config.digest);
  return config?.Labels?.['org.opencontainers.image.revision'] || 'unknown';
}

/** @throws Refusal when it is gone, with what to do */
export async function requireManifest(environment: Environment, digest: string): Promise<Manifest> {
  const manifest = await findManifest(environment, digest);
  if (manifest !== undefined) return manifest;
  const { name } = environment;
  throw new Refusal(
    `the image ${digest} is not in the registry of ${name} any more: deleted, or taken away as one of the oldest. Release the code of its time anew, or another image: npm run releases -- ${name} lists commits and digests`,
  );
}

/** @returns undefined when it is not there. @throws Refusal when the registry may not be asked */
export async function findManifest(
  environment: Environment,
  imageDigest: string,
): Promise<Manifest | undefined> {
  const { region, accountId: registryId } = environment;
  const question = new BatchGetImageCommand({
    registryId,
    repositoryName,
    imageIds: [{ imageDigest }],
    acceptedMediaTypes: [OCI, OCI_INDEX, DOCKER, DOCKER_LIST],
  });
  const { images = [] } = await new ECRClient({ region })
    .send(question)
    .catch((error: Error) => explain(error, environment));
  const [{ imageManifest: text, imageManifestMediaType: mediaType } = {}] = images;
  return text === undefined ? undefined : { text, mediaType, parts: JSON.parse(text) as Parts };
}

/** An address that gives the layer, or the configuration, without credentials. @throws Refusal */
export async function addressOf(environment: Environment, layerDigest: string): Promise<string> {
  const { region, accountId: registryId } = environment;
  const { downloadUrl = '' } = await new ECRClient({ region })
    .send(new GetDownloadUrlForLayerCommand({ registryId, repositoryName, layerDigest }))
    .catch((error: Error) => explain(error, environment));
  return downloadUrl;
}

async function configurationOf(environment: Environment, digest: string): Promise<Configuration> {
  const answer = await fetch(await addressOf(environment, digest));
  if (!answer.ok) throw new Refusal(`the registry does not give the image's configuration`);
  return (await answer.json()) as Configuration;
}

async function describe(environment: Environment, imageId: ImageIdentifier) {
  const { region } = environment;
  const question = new DescribeImagesCommand({ repositoryName, imageIds: [imageId] });
  try {
    const { imageDetails = [] } = await new ECRClient({ region }).send(question);
    return imageDetails[0];
  } catch (error) {
    if ((error as Error).name === 'ImageNotFoundException') return undefined;
    return explain(error as Error, environment);
  }
}

/** @throws Refusal for what somebody can do something about, the error itself otherwise */
function explain(error: Error, environment: Environment): never {
  const { name } = environment;
  if (error.name === 'RepositoryNotFoundException') {
    throw new Refusal(`${name} has no registry of images yet: npm run bootstrap -- ${name}`);
  }
  if (error.name !== 'AccessDeniedException') throw error;
  throw new Refusal(
    `the registry of ${name} (${repositoryArn(environment)}) does not let you pull: ${error.message}. Of another account both must allow it: its policy, which names the other accounts of the table after npm run bootstrap -- ${name} by somebody of that account, and your own, with ecr:BatchGetImage and ecr:GetDownloadUrlForLayer`,
    { cause: error },
  );
}
