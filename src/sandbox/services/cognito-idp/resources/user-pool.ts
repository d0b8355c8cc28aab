import type { CreateUserPoolRequest } from '@aws-sdk/client-cognito-identity-provider';
import type { Progress, Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { setUserPoolMfaConfig } from '../operations/mfa.ts';
import { createUserPool, deleteUserPool, poolAnswer, updateUserPool } from '../operations/user-pools.ts';
import { allAttributes, givenAttributes } from '../schema-attributes.ts';
import { generatedName, userPools } from '../state.ts';
import { typed } from './typed.ts';

const SOFTWARE_TOKEN = 'SOFTWARE_TOKEN_MFA';

const settingsOf = ({ UserPoolName: _, UserPoolTags: __, EnabledMfas: ___, ...properties }: Properties) =>
  typed(properties) as Omit<CreateUserPoolRequest, 'PoolName'>;

const tagsOf = (properties: Properties, tags: ResourceContext['tags']): Record<string, string> => ({
  ...Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
  ...properties.UserPoolTags,
});

/** One-time passwords come with a call of their own, so that the pool is without a second factor until then. */
function turnOnMfa(id: string, properties: Properties, { call }: ResourceContext): void {
  const softwareToken = (properties.EnabledMfas ?? []).includes(SOFTWARE_TOKEN);
  if (!softwareToken && !userPools.in(call).get(id)!.mfa.softwareToken) return;
  setUserPoolMfaConfig(
    {
      UserPoolId: id,
      SoftwareTokenMfaConfiguration: { Enabled: softwareToken },
      ...(properties.SmsConfiguration && { SmsMfaConfiguration: { SmsConfiguration: properties.SmsConfiguration } }),
      MfaConfiguration: properties.MfaConfiguration ?? 'OFF',
    },
    call,
  );
}

/** What goes to the pool itself: a second factor that is no text message is turned on afterwards. */
const withoutMfa = (properties: Properties): Properties =>
  (properties.EnabledMfas ?? []).includes(SOFTWARE_TOKEN) ? { ...properties, MfaConfiguration: 'OFF' } : properties;

function done(physicalId: string, { call }: ResourceContext): Progress {
  const { arn } = userPools.in(call).get(physicalId)!;
  const provider = `cognito-idp.${call.region}.amazonaws.com/${physicalId}`;
  const attributes = { Arn: arn, ProviderName: provider, ProviderURL: `https://${provider}`, UserPoolId: physicalId };
  return { status: 'done', physicalId, attributes };
}

const refused = (reason: string, physicalId: string): Progress => ({ status: 'failed', reason, physicalId });

/** Fixed when a pool is made: the type neither changes nor replaces for them. https://github.com/aws-amplify/amplify-cli/issues/4227 */
const LASTING = ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'] as const;

export const userPool: ResourceProvider = {
  create(properties, context) {
    const { call, logicalId, tags } = context;
    const PoolName = properties.UserPoolName ?? generatedName(logicalId);
    const settings = settingsOf(withoutMfa(properties));
    const { UserPool } = createUserPool({ ...settings, PoolName, UserPoolTags: tagsOf(properties, tags) }, call);
    turnOnMfa(UserPool!.Id!, properties, context);
    return done(UserPool!.Id!, context);
  },
  update({ after, physicalId }, context) {
    const { call, tags } = context;
    const row = userPools.in(call).get(physicalId);
    if (!row) return refused(`User pool ${physicalId} does not exist.`, physicalId);
    const { Schema = [], ...given } = settingsOf(withoutMfa(after));
    for (const name of LASTING)
      if (JSON.stringify(row.settings[name]) !== JSON.stringify(given[name]))
        return refused(`Updates are not allowed for property - ${name}.`, physicalId);
    const schema = givenAttributes(Schema);
    // https://github.com/aws-amplify/amplify-js/issues/6459
    if (row.schema.some((each) => !schema.some((one) => JSON.stringify(one) === JSON.stringify(each))))
      return refused('Existing schema attributes cannot be modified or deleted.', physicalId);
    updateUserPool(
      { ...given, UserPoolId: physicalId, PoolName: after.UserPoolName, UserPoolTags: tagsOf(after, tags) },
      call,
    );
    userPools.in(call).update(physicalId, (draft) => {
      draft.schema = schema;
    });
    turnOnMfa(physicalId, after, context);
    return done(physicalId, context);
  },
  delete(_properties, physicalId, { call }) {
    if (userPools.in(call).has(physicalId)) deleteUserPool({ UserPoolId: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, context) {
    const row = userPools.in(context.call).get(physicalId);
    if (!row) return undefined;
    const { attributes } = done(physicalId, context) as { attributes: Properties };
    const { Name, Id: _, CreationDate: __, LastModifiedDate: ___, SchemaAttributes: ____, ...shown } = poolAnswer(row);
    const same = JSON.stringify(givenAttributes(properties.Schema ?? [])) === JSON.stringify(row.schema);
    return {
      ...shown,
      ...attributes,
      UserPoolName: Name,
      EnabledMfas: [
        ...(row.settings.SmsConfiguration ? ['SMS_MFA'] : []),
        ...(row.mfa.softwareToken ? [SOFTWARE_TOKEN] : []),
      ],
      Schema: same ? properties.Schema : allAttributes(row.schema),
    };
  },
};
