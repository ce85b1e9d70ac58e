/** Other users and roles, and more than a role's limits. */
import {
  AttachRolePolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePermissionsBoundaryCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { PROJECT } from '../../../contract.ts';
import { boundaryArn, rolePath } from '../../../stacks/constructs/boundary.ts';
import type { Environment } from '../../../stacks/place.ts';
import { OPERATOR_ROLE } from '../operator-role.ts';
import { ALL, OF_PIPELINES, type ForbiddenCall, type Settings } from './call.ts';

export function ofRoles(environment: Environment): ForbiddenCall[] {
  return [...ofNewOnes(environment), ...ofOwnLimits(environment), ...ofOtherRoles(environment)];
}

function ofNewOnes(environment: Environment): ForbiddenCall[] {
  const { accountId, prefix } = environment;
  const base = `arn:aws:iam::${accountId}`;
  const curious = `${prefix}-curious`;
  const Path = rolePath(environment);
  return [
    {
      roles: ALL,
      action: 'iam:CreateUser',
      resource: `${base}:user/${curious}`,
      ask: (settings) => iam(settings).send(new CreateUserCommand({ UserName: curious })),
    },
    {
      roles: ALL,
      action: 'iam:CreateAccessKey',
      resource: `${base}:user/${curious}`,
      ask: (settings) => iam(settings).send(new CreateAccessKeyCommand({ UserName: curious })),
    },
    {
      roles: ALL,
      action: 'iam:CreateRole',
      resource: `${base}:role${Path}${curious}`,
      ask: (settings) =>
        iam(settings).send(
          new CreateRoleCommand({ RoleName: curious, Path, AssumeRolePolicyDocument: '{}' }),
        ),
    },
  ];
}

function ofOwnLimits(environment: Environment): ForbiddenCall[] {
  const { accountId, prefix } = environment;
  const base = `arn:aws:iam::${accountId}`;
  const [service, planRole] = [`${prefix}-service`, `${prefix}-plan`];
  const boundary = boundaryArn(environment);
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const Path = rolePath(environment);
  return [
    {
      roles: ALL,
      action: 'iam:CreatePolicyVersion',
      resource: boundary,
      ask: (settings) =>
        iam(settings).send(
          new CreatePolicyVersionCommand({ PolicyArn: boundary, PolicyDocument: '{}' }),
        ),
    },
    {
      roles: ALL,
      action: 'iam:DeleteRolePermissionsBoundary',
      resource: `${base}:role${Path}${service}`,
      ask: (settings) =>
        iam(settings).send(new DeleteRolePermissionsBoundaryCommand({ RoleName: service })),
    },
    {
      roles: ALL,
      action: 'iam:AttachRolePolicy',
      resource: `${base}:role${Path}${service}`,
      ask: (settings) =>
        iam(settings).send(new AttachRolePolicyCommand({ RoleName: service, PolicyArn })),
    },
    {
      roles: ALL,
      action: 'iam:UpdateAssumeRolePolicy',
      resource: `${base}:role/${PROJECT}-pipelines/${planRole}`,
      ask: (settings) =>
        iam(settings).send(
          new UpdateAssumeRolePolicyCommand({ RoleName: planRole, PolicyDocument: '{}' }),
        ),
    },
  ];
}

function ofOtherRoles({ accountId }: Environment): ForbiddenCall[] {
  const operator = `arn:aws:iam::${accountId}:role/${OPERATOR_ROLE}`;
  return [
    {
      roles: OF_PIPELINES,
      action: 'sts:AssumeRole',
      resource: operator,
      ask: (settings) =>
        new STSClient(settings).send(
          new AssumeRoleCommand({ RoleArn: operator, RoleSessionName: 'curious' }),
        ),
    },
  ];
}

function iam(settings: Settings): IAMClient {
  return new IAMClient(settings);
}
