/** Calls to AWS with what they are called in policies. */
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ACCOUNT, REGION } from '../../emulator/testing/both.ts';
import type { Request } from '../evaluator/statements.ts';
import type { emulatedRole } from './emulated-role.ts';

type Settings = Awaited<ReturnType<typeof emulatedRole>>;

interface Call {
  readonly request: (secretArn: string) => Request;
  readonly send: (settings: Settings) => Promise<unknown>;
}

export const BUCKET = 'arn:aws:s3:::reports';

export const parameter = (name: string) => `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/${name}`;

/** To the parameter `/ours/a`, the secret `ours` and the objects below `ours/` of a bucket. */
export const CALLS: Readonly<Record<string, Call>> = {
  getParameter: {
    request: () => ({ action: 'ssm:GetParameter', resource: parameter('ours/a') }),
    send: (settings) => new SSMClient(settings).send(new GetParameterCommand({ Name: '/ours/a' })),
  },
  putParameter: {
    request: () => ({ action: 'ssm:PutParameter', resource: parameter('ours/b') }),
    send: (settings) =>
      new SSMClient(settings).send(
        new PutParameterCommand({ Name: '/ours/b', Value: 'b', Type: 'String', Overwrite: true }),
      ),
  },
  getSecret: {
    request: (resource) => ({ action: 'secretsmanager:GetSecretValue', resource }),
    send: (settings) =>
      new SecretsManagerClient(settings).send(new GetSecretValueCommand({ SecretId: 'ours' })),
  },
  putSecret: {
    request: (resource) => ({ action: 'secretsmanager:PutSecretValue', resource }),
    send: (settings) =>
      new SecretsManagerClient(settings).send(
        new PutSecretValueCommand({ SecretId: 'ours', SecretString: 'b' }),
      ),
  },
  getObject: {
    request: () => ({ action: 's3:GetObject', resource: `${BUCKET}/ours/a` }),
    send: (settings) =>
      new S3Client(settings).send(new GetObjectCommand({ Bucket: 'reports', Key: 'ours/a' })),
  },
  putObject: {
    request: () => ({ action: 's3:PutObject', resource: `${BUCKET}/ours/b` }),
    send: (settings) =>
      new S3Client(settings).send(
        new PutObjectCommand({ Bucket: 'reports', Key: 'ours/b', Body: 'b' }),
      ),
  },
  list: {
    request: () => ({
      action: 's3:ListBucket',
      resource: BUCKET,
      context: { 's3:prefix': 'ours/' },
    }),
    send: (settings) =>
      new S3Client(settings).send(new ListObjectsV2Command({ Bucket: 'reports', Prefix: 'ours/' })),
  },
};
