/** Ways in that no network guards: policies for everybody, unguarded doors, weaker encryption of them. */
import type { Rule } from '../rule.ts';
import { byAttribute, isOn, turnedOff, under } from './by-attribute.ts';
import { byType } from './by-type.ts';
import { differencesAt, listed } from './differences.ts';

const PRESENT = ['create', 'update', 'replace'] as const;

const openPermission: Rule = {
  id: 'function-for-everybody',
  rank: 'exposure',
  types: new Set(['aws_lambda_permission', 'aws_cloudwatch_event_permission']),
  judge({ before, after, unknown }) {
    if (after['principal'] !== '*' || before['principal'] === '*') return [];
    const narrowing = ['source_arn', 'source_account', 'principal_org_id', 'condition'];
    const isNarrow = narrowing.some(
      (name) => listed(after[name]).length > 0 || unknown[name] === true,
    );
    if (isNarrow) return [];
    const why = 'Whoever has an AWS account may do it.';
    return [{ what: 'lets everybody call it', why, path: ['principal'] }];
  },
};

const GUARDS = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
];
const BLOCKS = ['aws_s3_bucket_public_access_block', 'aws_s3_account_public_access_block'] as const;

const blockWeakened = byAttribute({
  id: 'public-block-off',
  rank: 'exposure',
  at: under(BLOCKS, ...GUARDS),
  when: turnedOff,
  what: 'allows objects to become public',
  why: 'One wrong policy or ACL is enough then, and nothing stops it.',
});

const blockDestroyed = byType({
  id: 'public-block-gone',
  rank: 'exposure',
  on: ['destroy'],
  what: 'is destroyed',
  why: {
    aws_s3_account_public_access_block: 'Every bucket of the account may become public.',
    aws_s3_bucket_public_access_block: 'The bucket may become public by one wrong policy.',
  },
});

const aclOpened = byAttribute({
  id: 'bucket-opened',
  rank: 'exposure',
  on: PRESENT,
  at: { aws_s3_bucket: ['acl'], aws_s3_bucket_acl: ['acl'], aws_s3_object: ['acl'] },
  when: ({ before, after }) => isPublicAcl(after) && !isPublicAcl(before),
  what: 'is for everybody to read',
  why: 'Objects can be read, and may be found, by anybody on the internet.',
});

function isPublicAcl(acl: unknown): boolean {
  return String(acl).startsWith('public-') || acl === 'authenticated-read';
}

const unguardedDoor = byAttribute({
  id: 'no-login',
  rank: 'exposure',
  on: PRESENT,
  at: {
    ...under(
      ['aws_api_gateway_method', 'aws_apigatewayv2_route'],
      'authorization',
      'authorization_type',
    ),
    aws_lambda_function_url: ['authorization_type'],
  },
  when: ({ after }) => after === 'NONE',
  what: 'answers whoever asks, without a login',
  why: 'AWS checks nobody here; whatever must not be public, the program behind it has to refuse.',
});

const signUpOpened: Rule = {
  id: 'sign-up-opened',
  rank: 'exposure',
  types: new Set(['aws_cognito_user_pool']),
  judge(change) {
    return differencesAt(change, 'admin_create_user_config.allow_admin_create_user_only')
      .filter(({ before, after }) => isOn(before) && !isOn(after))
      .map(({ path }) => ({
        what: 'lets everybody make an account',
        why: 'Until now only an administrator could make one.',
        path,
      }));
  },
};

const shared: Rule = {
  id: 'copy-shared',
  rank: 'exposure',
  types: new Set([
    'aws_ami_launch_permission',
    'aws_db_cluster_snapshot',
    'aws_db_snapshot',
    'aws_snapshot_create_volume_permission',
  ]),
  judge({ type, action, before, after }) {
    const why = 'Whoever it is shared with can copy all that is in it, and keeps the copy.';
    if (!type.includes('snapshot') || type.endsWith('permission')) {
      const what = after['group'] === 'all' ? 'is shared with everybody' : 'is shared';
      return action === 'create' ? [{ what, why }] : [];
    }
    const old = new Set(listed(before['shared_accounts']));
    const isWider = listed(after['shared_accounts']).some((each) => !old.has(each));
    return isWider ? [{ what: 'is shared with others', why, path: ['shared_accounts'] }] : [];
  },
};

const published = byType({
  id: 'published',
  rank: 'exposure',
  on: ['create'],
  what: 'is an address of the internet from now on',
  why: {
    aws_api_gateway_stage: 'Whoever knows it can send requests.',
    aws_apigatewayv2_stage: 'Whoever knows it can send requests.',
    aws_apprunner_service: 'Whoever knows it can send requests.',
    aws_cloudfront_distribution: 'Whoever knows it can send requests, and gets what is behind it.',
    aws_ecrpublic_repository: 'Whoever knows it can have its images.',
    aws_globalaccelerator_accelerator: 'Whoever knows it can send requests.',
    aws_lambda_function_url: 'Whoever knows it can send requests.',
    aws_s3_bucket_website_configuration: 'Objects are shown as a website.',
  },
});

export const PUBLIC_ACCESS: readonly Rule[] = [
  openPermission,
  blockWeakened,
  blockDestroyed,
  aclOpened,
  unguardedDoor,
  signUpOpened,
  shared,
  published,
];
