/** Where secrets are kept: AWS Secrets Manager. */

export interface SecretStore {
  /** The present value, or undefined while the secret has none. */
  read(secretId: string): Promise<string | undefined>;
  write(secretId: string, value: string): Promise<void>;
}

/** The SDK is loaded on first use: a store with a DATABASE_URL never pays for it. */
export function secretsManager(): SecretStore {
  const connection = import('@aws-sdk/client-secrets-manager').then((sdk) => ({
    sdk,
    client: new sdk.SecretsManagerClient({}),
  }));
  return {
    async read(secretId) {
      const { sdk, client } = await connection;
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
      const { sdk, client } = await connection;
      await client.send(new sdk.PutSecretValueCommand({ SecretId: secretId, SecretString: value }));
    },
  };
}
