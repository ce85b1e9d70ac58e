import type { TerraformTypes } from './terraform-type.ts';

export const IDENTITY = {
  aws_cognito_user_pool: {
    read: ['cognito-idp:DescribeUserPool', 'cognito-idp:GetUserPoolMfaConfig'],
    write: [
      'cognito-idp:AddCustomAttributes',
      'cognito-idp:CreateUserPool',
      'cognito-idp:DeleteUserPool',
      'cognito-idp:SetUserPoolMfaConfig',
      'cognito-idp:TagResource',
      'cognito-idp:UntagResource',
      'cognito-idp:UpdateUserPool',
    ],
  },
  aws_cognito_user_pool_client: {
    read: ['cognito-idp:DescribeUserPoolClient'],
    write: [
      'cognito-idp:CreateUserPoolClient',
      'cognito-idp:DeleteUserPoolClient',
      'cognito-idp:UpdateUserPoolClient',
    ],
  },
  aws_cognito_user_pool_domain: {
    read: ['cognito-idp:DescribeUserPoolDomain'],
    write: [
      'cognito-idp:CreateUserPoolDomain',
      'cognito-idp:DeleteUserPoolDomain',
      'cognito-idp:UpdateUserPoolDomain',
    ],
  },
  aws_cognito_user_group: {
    read: ['cognito-idp:GetGroup'],
    write: ['cognito-idp:CreateGroup', 'cognito-idp:DeleteGroup', 'cognito-idp:UpdateGroup'],
  },
  aws_cognito_risk_configuration: {
    read: ['cognito-idp:DescribeRiskConfiguration'],
    write: ['cognito-idp:SetRiskConfiguration'],
  },
} as const satisfies TerraformTypes;
