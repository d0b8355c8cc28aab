import { Construct } from 'constructs';
import type { ApiAuthorizer } from '../api-settings.ts';
import { cognito, core } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import { pascal } from '../names.ts';

/** Users of an API, with one client for its pages (S4-38, S4-40, S4-41). */
export class UserPool extends Construct {
  readonly id: string;
  readonly arn: string;
  readonly clientId: string;
  readonly issuer: string;

  constructor(
    scope: Construct,
    id: string,
    { mfa, groups, onDelete, region }: Extract<ApiAuthorizer, { kind: 'cognito' }> & { region: string },
  ) {
    super(scope, id);
    const pool = new cognito.CfnUserPool(this, 'Pool', {
      usernameAttributes: ['email'],
      autoVerifiedAttributes: ['email'],
      mfaConfiguration: mfa,
      ...(mfa === 'OFF' ? {} : { enabledMfas: ['SOFTWARE_TOKEN_MFA'] }),
      policies: {
        passwordPolicy: {
          minimumLength: 12,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: false,
        },
      },
      accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
      deletionProtection: onDelete === 'retain' ? 'ACTIVE' : 'INACTIVE',
    });
    leave(pool, onDelete);
    const client = new cognito.CfnUserPoolClient(this, 'Client', {
      userPoolId: pool.ref,
      generateSecret: false,
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
      enableTokenRevocation: true,
      // Says the same of a user who is not there and of a wrong password.
      preventUserExistenceErrors: 'ENABLED',
    });
    leave(client, onDelete);
    for (const group of groups) {
      const made = new cognito.CfnUserPoolGroup(this, `Group${pascal(group)}`, {
        userPoolId: pool.ref,
        groupName: group,
      });
      leave(made, onDelete);
    }
    this.id = pool.ref;
    this.arn = pool.attrArn;
    this.clientId = client.ref;
    this.issuer = `https://cognito-idp.${region}.${core.Aws.URL_SUFFIX}/${pool.ref}`;
  }
}
