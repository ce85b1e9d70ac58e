import { CognitoRiskConfiguration } from '@cdktf/provider-aws/lib/cognito-risk-configuration/index.js';
import { CognitoUserGroup } from '@cdktf/provider-aws/lib/cognito-user-group/index.js';
import { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool/index.js';
import { Construct } from 'constructs';
import { ADMIN_GROUP } from '../../contract.ts';
import type { Environment } from '../place.ts';

/** Long instead of strange: symbols make people write passwords down. */
const PASSWORDS = {
  minimumLength: 12,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: false,
  // Of a person whom an administrator invited.
  temporaryPasswordValidityDays: 3,
};

const MFA = {
  off: { mfaConfiguration: 'OFF' },
  // Codes of an app only: text messages can be intercepted, and cost money.
  optional: { mfaConfiguration: 'OPTIONAL', softwareTokenMfaConfiguration: { enabled: true } },
};

/** Cognito's plans, each paid per person who signs in. */
const ESSENTIALS = { userPoolTier: 'ESSENTIALS' };
const PLUS = { userPoolTier: 'PLUS', userPoolAddOns: { advancedSecurityMode: 'ENFORCED' } };

/**
 * Passwords that are known to have leaked. What an odd sign-in leads to is left to Cognito: a rule
 * of ours for it would need mails to those concerned.
 */
const RISKS = { compromisedCredentialsRiskConfiguration: { actions: { eventAction: 'BLOCK' } } };

/** Our own sender; without one Cognito's, which is for trying things out. */
function mailer(email: Environment['identity']['email']) {
  if (email === undefined) return {};
  return {
    emailConfiguration: {
      emailSendingAccount: 'DEVELOPER',
      fromEmailAddress: email.from,
      sourceArn: email.sesIdentityArn,
    },
  };
}

/** People, known by their email address, and the group of those who run the shop. Stateful. */
export class UserPool extends Construct {
  readonly id: string;
  /** What tokens name as their issuer. */
  readonly issuer: string;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const { prefix, region, identity, dataMayBeLost } = environment;
    const pool = new CognitoUserPool(this, 'pool', {
      name: prefix,
      // These two are for ever: changing one replaces the pool, and everybody in it is gone.
      usernameAttributes: ['email'],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ['email'],
      // A new address counts once it is verified; until then the old one does.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email'] },
      accountRecoverySetting: { recoveryMechanism: [{ name: 'verified_email', priority: 1 }] },
      adminCreateUserConfig: { allowAdminCreateUserOnly: !identity.selfSignUp },
      passwordPolicy: PASSWORDS,
      ...MFA[identity.mfa],
      ...(identity.threatProtection ? PLUS : ESSENTIALS),
      ...mailer(identity.email),
      deletionProtection: dataMayBeLost ? 'INACTIVE' : 'ACTIVE',
      ...(!dataMayBeLost && { lifecycle: { preventDestroy: true } }),
    });
    this.id = pool.id;
    this.issuer = `https://cognito-idp.${region}.amazonaws.com/${pool.id}`;

    if (identity.threatProtection) {
      new CognitoRiskConfiguration(this, 'risks', { userPoolId: pool.id, ...RISKS });
    }
    new CognitoUserGroup(this, 'admins', {
      userPoolId: pool.id,
      name: ADMIN_GROUP,
      description: 'May administer the shop',
    });
  }
}
