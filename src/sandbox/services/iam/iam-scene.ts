import { IAMClient } from '@aws-sdk/client-iam';
import { expect } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

export const open = async () => (await startSandbox()).client(IAMClient);
export const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});
export const encoded = (document: unknown) => encodeURIComponent(JSON.stringify(document)).replaceAll("'", '%27');
const TRUST = trust('ec2.amazonaws.com');
export const aRole = { RoleName: 'web', AssumeRolePolicyDocument: JSON.stringify(TRUST) };
export const role = (more: object = {}) => ({
  Arn: 'arn:aws:iam::000000000000:role/web',
  AssumeRolePolicyDocument: encoded(TRUST),
  CreateDate: expect.any(Date),
  Path: '/',
  RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
  RoleName: 'web',
  ...more,
});
export const READ = { MaxSessionDuration: 3600, RoleLastUsed: {} };
/** Twice-encoded ARNs keep their own escapes. */
export const ESCAPED = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['apigatway:PUT'],
      Resource: ['arn:aws:apigateway:us-east-1::/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fx'],
    },
  ],
};
export const PolicyDocument = JSON.stringify(ESCAPED);
