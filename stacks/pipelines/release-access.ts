/** What `npm run release` and the tests of a deployment call besides Terraform. */
import type { Environment } from '../place.ts';

const RELEASE = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:DescribeImages',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
  'ecs:DescribeTasks',
  'ecs:ListTasks',
  'ecs:RunTask',
  // One-off tasks that still run when an environment is destroyed.
  'ecs:StopTask',
  'elasticloadbalancing:DescribeTargetHealth',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
];

/** They make customers and an administrator, and delete them again. */
const TESTS = [
  'cognito-idp:AdminAddUserToGroup',
  'cognito-idp:AdminConfirmSignUp',
  'cognito-idp:AdminCreateUser',
  'cognito-idp:AdminDeleteUser',
  'cognito-idp:AdminInitiateAuth',
  'cognito-idp:AdminSetUserPassword',
  'cognito-idp:ListUsers',
];

/** In production no pipeline makes people: the tests run before it. */
export function releaseActions({ production }: Environment): string[] {
  return production ? RELEASE : [...RELEASE, ...TESTS];
}
