import type {
  CreateUserPoolCommandOutput,
  CreateUserPoolRequest,
  DeleteUserPoolRequest,
  DescribeUserPoolCommandOutput,
  DescribeUserPoolRequest,
  ListUserPoolsCommandOutput,
  ListUserPoolsRequest,
  UpdateUserPoolRequest,
  UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { checkPool } from '../check-pool.ts';
import { check, foundPool, invalid, NAME, pageOf } from '../refusals.ts';
import { allAttributes, givenAttributes } from '../schema-attributes.ts';
import { freshPoolId, groups, type PoolSettings, type UserPoolRow, userPoolClients, userPools } from '../state.ts';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html */
const ALL_KINDS = { RequireUppercase: true, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true };
const NO_KIND = { RequireUppercase: false, RequireLowercase: false, RequireNumbers: false, RequireSymbols: false };

export const poolAnswer = (row: UserPoolRow): UserPoolType => {
  const { Policies, ...settings } = structuredClone(row.settings);
  const password = Policies?.PasswordPolicy;
  return {
    Id: row.id,
    Name: row.name,
    Arn: row.arn,
    Policies: {
      PasswordPolicy: {
        MinimumLength: 8,
        TemporaryPasswordValidityDays: 7,
        ...(password ? NO_KIND : ALL_KINDS),
        ...password,
      },
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'], ...Policies?.SignInPolicy },
    },
    LambdaConfig: {},
    VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    UserPoolTier: 'ESSENTIALS',
    ...settings,
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      UnusedAccountValidityDays: 7,
      ...settings.AdminCreateUserConfig,
    },
    DeletionProtection: row.isProtected ? 'ACTIVE' : 'INACTIVE',
    MfaConfiguration: row.mfa.required,
    SchemaAttributes: allAttributes(structuredClone(row.schema)),
    EstimatedNumberOfUsers: 0,
    UserPoolTags: { ...row.tags },
    CreationDate: new Date(row.created),
    LastModifiedDate: new Date(row.modified),
  };
};

export function createUserPool(input: CreateUserPoolRequest, call: Call): Answer<CreateUserPoolCommandOutput> {
  const { PoolName, UserPoolTags = {}, Schema = [], MfaConfiguration, DeletionProtection, ...settings } = input;
  check(['poolName', PoolName, { required: true, ...NAME }]);
  checkPool(input);
  const id = freshPoolId(call.region);
  const now = call.world.clock.stamp();
  const row: UserPoolRow = {
    id,
    arn: `arn:aws:cognito-idp:${call.region}:${call.account}:userpool/${id}`,
    name: PoolName!,
    settings,
    schema: givenAttributes(Schema),
    isProtected: DeletionProtection === 'ACTIVE',
    mfa: { required: MfaConfiguration ?? 'OFF', softwareToken: false },
    tags: UserPoolTags,
    created: now,
    modified: now,
  };
  userPools.in(call).put(id, row);
  return { UserPool: poolAnswer(row) };
}

export const describeUserPool = (
  { UserPoolId }: DescribeUserPoolRequest,
  call: Call,
): Answer<DescribeUserPoolCommandOutput> => ({ UserPool: poolAnswer(foundPool(UserPoolId, call)) });

export function listUserPools(input: ListUserPoolsRequest, call: Call): Answer<ListUserPoolsCommandOutput> {
  check(['maxResults', input.MaxResults, { required: true, range: [1, 60] }]);
  const { items, next } = pageOf(userPools.in(call).values(), input.MaxResults!, input.NextToken);
  return {
    UserPools: items.map(({ id, name, settings, created, modified }) => ({
      Id: id,
      Name: name,
      LambdaConfig: { ...settings.LambdaConfig },
      CreationDate: new Date(created),
      LastModifiedDate: new Date(modified),
    })),
    ...(next !== undefined && { NextToken: next }),
  };
}

/** Fixed when the pool is made. */
const LASTING = ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'] as const;

/**
 * Whatever is left out gets its default again, the name, the tags and what cannot be changed apart.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 */
export function updateUserPool(input: UpdateUserPoolRequest, call: Call): Record<never, never> {
  const { UserPoolId, PoolName, UserPoolTags, MfaConfiguration = 'OFF', DeletionProtection, ...given } = input;
  const before = foundPool(UserPoolId, call);
  check(['poolName', PoolName, NAME]);
  const kept: PoolSettings = Object.fromEntries(
    LASTING.flatMap((name) => (before.settings[name] === undefined ? [] : [[name, before.settings[name]]])),
  );
  // What only an application's one-time passwords need is not looked for where they are on already.
  checkPool({
    ...input,
    ...kept,
    MfaConfiguration: before.mfa.softwareToken ? 'OFF' : MfaConfiguration,
  });
  userPools.in(call).update(before.id, (draft) => {
    draft.name = PoolName ?? draft.name;
    draft.settings = { ...given, ...kept };
    draft.tags = UserPoolTags ?? draft.tags;
    draft.isProtected = DeletionProtection === 'ACTIVE';
    draft.mfa = { ...draft.mfa, required: MfaConfiguration };
    draft.modified = call.world.clock.stamp();
  });
  return {};
}

/** With all that belongs to it. The sentence: https://github.com/localstack/localstack/issues/11947 */
export function deleteUserPool({ UserPoolId }: DeleteUserPoolRequest, call: Call): Record<never, never> {
  const { id, isProtected } = foundPool(UserPoolId, call);
  if (isProtected)
    throw invalid(
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    );
  for (const row of userPoolClients.in(call).values())
    if (row.pool === id) userPoolClients.in(call).delete(`${id}/${row.id}`);
  for (const row of groups.in(call).values()) if (row.pool === id) groups.in(call).delete(`${id}/${row.name}`);
  userPools.in(call).delete(id);
  return {};
}
