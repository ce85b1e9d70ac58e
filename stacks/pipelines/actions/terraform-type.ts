/** What Terraform's AWS provider calls for a resource of one type, as actions of IAM. */
interface TerraformType {
  /** To look at one that exists: all that a plan needs. */
  readonly read: readonly string[];
  /** To make, change and remove it. */
  readonly write: readonly string[];
}

export type TerraformTypes = Readonly<Record<string, TerraformType>>;
