/** The account's registry: who may push, what is there, and for which processors it was built. */
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
} from '@aws-sdk/client-ecr';
import type { Environment } from '../../stacks/place.ts';
import { Refusal } from '../deployment/refusal.ts';
import { repositoryName } from '../running/names.ts';

export interface RegistryLogin {
  /** Where to push: `<account>.dkr.ecr.<region>.amazonaws.com`. */
  readonly host: string;
  /** User and password, in base64. */
  readonly token: string;
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
  { region, name }: Environment,
  imageTag: string,
): Promise<string | undefined> {
  try {
    const { imageDetails = [] } = await new ECRClient({ region }).send(
      new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }),
    );
    return imageDetails[0]?.imageDigest;
  } catch (error) {
    const { name: kind } = error as Error;
    if (kind === 'ImageNotFoundException') return undefined;
    if (kind === 'RepositoryNotFoundException') {
      throw new Refusal(`there is no registry of images yet: npm run bootstrap -- ${name}`);
    }
    throw error;
  }
}

/**
 * What ECS would find: an image for other processors would be pulled, and never start.
 * @param architecture as Docker says it: `arm64` or `amd64`
 * @throws Refusal when it is not there, or for another architecture
 */
export async function requireImage(
  { region }: Environment,
  digest: string,
  architecture: string,
): Promise<void> {
  const client = new ECRClient({ region });
  const manifest = await manifestOf(client, digest);
  const found = manifest.manifests
    ? manifest.manifests.flatMap(({ platform }) => platform?.architecture ?? [])
    : [await architectureOf(client, manifest.config?.digest ?? '')];
  if (found.includes(architecture)) return;
  throw new Refusal(
    `the image ${digest} is for ${found.join(' and ')}, and the tasks are ${architecture}: build it with --platform linux/${architecture}`,
  );
}

/** @returns the digest of an image's configuration; none where it is a list. @throws Refusal */
export async function configOf(
  { region }: Environment,
  digest: string,
): Promise<string | undefined> {
  const { config } = await manifestOf(new ECRClient({ region }), digest);
  return config?.digest;
}

interface Manifest {
  readonly config?: { readonly digest: string };
  readonly manifests?: readonly { readonly platform?: { readonly architecture: string } }[];
}

async function manifestOf(client: ECRClient, imageDigest: string): Promise<Manifest> {
  const { images = [] } = await client.send(
    new BatchGetImageCommand({
      repositoryName,
      imageIds: [{ imageDigest }],
      acceptedMediaTypes: [OCI, OCI_INDEX, DOCKER, DOCKER_LIST],
    }),
  );
  const text = images[0]?.imageManifest;
  if (text === undefined) {
    throw new Refusal(
      `the image ${imageDigest} is not in the registry any more: release the code of its time anew`,
    );
  }
  return JSON.parse(text) as Manifest;
}

async function architectureOf(client: ECRClient, layerDigest: string): Promise<string> {
  const { downloadUrl = '' } = await client.send(
    new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }),
  );
  const answer = await fetch(downloadUrl);
  if (!answer.ok) throw new Refusal(`the registry does not give the image's configuration`);
  const { architecture } = (await answer.json()) as { architecture: string };
  return architecture;
}
