/** Where secrets are kept: AWS Secrets Manager. */

export interface SecretStore {
  /** The present value, or undefined while the secret has none. */
  read(secretId: string): Promise<string | undefined>;
  write(secretId: string, value: string): Promise<void>;
}

/** The SDK is loaded on first use: a store with a DATABASE_URL never pays for it. */
export function secretsManager(): SecretStore {
  let connection: ReturnType<typeof connect> | undefined;
  return {
    async read(secretId) {
      const { sdk, client } = await (connection ??= connect());
      try {
        const { SecretString: value } = await client.send(
          new sdk.GetSecretValueCommand({ SecretId: secretId }),
        );
        return value;
      } catch (error) {
        // A secret that Terraform made and nobody filled has no current version.
        if (error instanceof sdk.ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    async write(secretId, value) {
      const { sdk, client } = await (connection ??= connect());
      await client.send(new sdk.PutSecretValueCommand({ SecretId: secretId, SecretString: value }));
    },
  };
}

/**
 * Milliseconds until a try has failed, of which the SDK makes three. By itself it would wait for
 * ever, and whoever needs a new connection with it.
 */
const PATIENCE = 2000;

async function connect() {
  const sdk = await import('@aws-sdk/client-secrets-manager');
  const requestHandler = {
    connectionTimeout: PATIENCE,
    requestTimeout: PATIENCE,
    throwOnRequestTimeout: true,
  };
  return { sdk, client: new sdk.SecretsManagerClient({ requestHandler }) };
}
