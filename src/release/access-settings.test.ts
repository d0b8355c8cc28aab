import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accessTemplate } from '../../infra/access-template.ts';
import { filledPolicies } from '../operations/project/iam-policies.ts';
import { generateName } from '../sandbox/services/cloudformation/engine/names.ts';
import { type AssumeRequest, trusts } from '../sandbox/services/iam/trust.ts';
import { loadText } from '../testing/write-project.ts';
import { accessSettings } from './access-settings.ts';

const ACCOUNT = '111111111111';
const POLICIES = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'iam-policies.json'), 'utf8');

function rolesOf(access: string, { project = 'shop', env = 'prod', rest = '' } = {}) {
  const environment = loadText(
    `project: ${project}\n${rest}environments:\n  ${env}: { kind: prod, account: "${ACCOUNT}", access: ${access} }\n`,
  ).environment(env);
  const policies = filledPolicies(POLICIES, { project, account: ACCOUNT }).map(({ id, policy }) => ({
    id,
    statements: policy.Statement as object[],
  }));
  // biome-ignore lint/suspicious/noExplicitAny: template JSON
  return accessTemplate(accessSettings(environment, { account: ACCOUNT, policies })).Resources as Record<string, any>;
}

const trustOf = (access: string): string =>
  JSON.stringify(rolesOf(access).RoleOperations.Properties.AssumeRolePolicyDocument);

describe('who may take a role of access on', () => {
  const session = (role: string, path = 'aws-reserved/sso.amazonaws.com/') => ({
    caller: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/ada` },
    context: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${path}${role}` },
  });
  const SETS = '{ operations: { may: deploy, principals: ["sso:Operations"] } }';

  it.each([
    ['the permission set', session('AWSReservedSSO_Operations_0123456789abcdef'), true],
    [
      'it in another region',
      session('AWSReservedSSO_Operations_0123', 'aws-reserved/sso.amazonaws.com/eu-west-1/'),
      true,
    ],
    ['another permission set', session('AWSReservedSSO_Developers_0123456789abcdef'), false],
    ['one whose name begins alike', session('AWSReservedSSO_OperationsAudit_0123456789abcdef'), false],
    ['a role that somebody has named so', session('AWSReservedSSO_Operations_0123456789abcdef', ''), false],
    ['the root of the account', { caller: { arn: `arn:aws:iam::${ACCOUNT}:root` }, context: {} }, false],
  ])('S4-119 operations alone: %s', (_, request, expected) => {
    expect(trusts(trustOf(SETS), request)).toBe(expected);
  });

  const USER = `arn:aws:iam::${ACCOUNT}:user/dana`;
  const asUser = (mfa?: string): AssumeRequest => ({
    caller: { arn: USER },
    context: mfa === undefined ? {} : { 'aws:MultiFactorAuthPresent': mfa },
  });
  it.each([
    ['with a second factor', '', asUser('true'), true],
    ['without one', '', asUser('false'), false],
    ['whose keys never say', '', asUser(), false],
    ['who needs none', ', mfa: false', asUser(), true],
  ])('a user %s', (_, mfa, request, expected) => {
    expect(trusts(trustOf(`{ operations: { principals: ["${USER}"]${mfa} } }`), request)).toBe(expected);
  });
});

describe('what a role of access may do', () => {
  /** IAM counts all inline policies of a role together, without white space. */
  const MOST = 10_240;
  const LONG = 'a234567890123456789012345678901';

  it.each(['look', 'operate', 'deploy'])('%s fits into a role, however long the names are', (may) => {
    const secrets = Array.from({ length: 5 }, (_, index) => `s${index}: { path: "/${LONG}/${LONG}/${index}" }`).join(
      ', ',
    );
    const roles = rolesOf(`{ operations: { may: ${may}, principals: ["sso:Operations"] } }`, {
      project: LONG,
      env: LONG,
      rest: `secrets: { ${secrets} }\n`,
    });
    const [{ PolicyDocument: document }] = roles.RoleOperations.Properties.Policies;
    expect(JSON.stringify(document).length).toBeLessThan(MOST);
    expect(roles.RoleOperations.Properties.RoleName.length).toBeLessThanOrEqual(64);
  });

  it.each([
    ['shop', 'prod', ''],
    [LONG, LONG, ''],
    ['shop', 'prod', 'naming: { stack: "{env}-{project}-{block}" }\n'],
  ])('reaches roles as CloudFormation names them: %s/%s %s', (project, env, rest) => {
    const { RoleOperations: role } = rolesOf('{ operations: { may: deploy, principals: ["sso:Operations"] } }', {
      project,
      env,
      rest,
    });
    const [{ PolicyDocument: document }] = role.Properties.Policies;
    const { Resource: passed } = document.Statement.find(({ Action }: { Action: string[] }) =>
      Action.includes('iam:PassRole'),
    );
    const stack = rest === '' ? `${project}-${env}-tasks` : `${env}-${project}-tasks`;
    const named = generateName(stack, 'ServiceWebExecutionRole', { maxLength: 64 });
    expect(`arn:aws:iam::${ACCOUNT}:role/${named}`.startsWith(passed.replace(/\*$/, ''))).toBe(true);
    expect(passed).not.toContain(':role/*');
  });

  it('is bounded as every role is where the organisation says so', () => {
    const { RoleOperations: role } = rolesOf('{ operations: { principals: ["sso:Operations"] } }', {
      rest: 'bootstrap: { permissionsBoundary: team-boundary }\n',
    });
    expect(role.Properties.PermissionsBoundary).toBe(`arn:aws:iam::${ACCOUNT}:policy/team-boundary`);
  });
});
