/** Addresses of what cannot be made anew as it was; everything else can. */
export const HOLDS_DATA =
  /^aws_(db_instance|cognito_user_pool|s3_bucket|secretsmanager_secret|kms_key|cloudwatch_log_group|ssm_parameter)\./;
