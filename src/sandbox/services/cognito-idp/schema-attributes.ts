import type { SchemaAttributeType } from '@aws-sdk/client-cognito-identity-provider';
import { invalid } from './refusals.ts';

const text = (Name: string, MinLength = '0', MaxLength = '2048'): SchemaAttributeType => ({
  Name,
  AttributeDataType: 'String',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength, MaxLength },
});
const truth = (Name: string): SchemaAttributeType => ({
  Name,
  AttributeDataType: 'Boolean',
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
});

/** What every pool has. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
export const STANDARD_ATTRIBUTES: readonly SchemaAttributeType[] = [
  { ...text('sub', '1'), Mutable: false, Required: true },
  ...['name', 'given_name', 'family_name', 'middle_name', 'nickname', 'preferred_username', 'profile', 'picture'].map(
    (name) => text(name),
  ),
  text('website'),
  text('email'),
  truth('email_verified'),
  text('gender'),
  text('birthdate', '10', '10'),
  ...['zoneinfo', 'locale', 'phone_number'].map((name) => text(name)),
  truth('phone_number_verified'),
  text('address'),
  {
    Name: 'updated_at',
    AttributeDataType: 'Number',
    DeveloperOnlyAttribute: false,
    Mutable: true,
    Required: false,
    NumberAttributeConstraints: { MinValue: '0' },
  },
];

const isStandard = (name: string | undefined) => STANDARD_ATTRIBUTES.some((each) => each.Name === name);

/** What was asked for, as the pool has it: names of one's own begin with `custom:`, or `dev:` for developers alone. */
export function givenAttributes(given: readonly SchemaAttributeType[]): SchemaAttributeType[] {
  return given.map((attribute) => {
    const { Name } = attribute;
    if (isStandard(Name)) return attribute;
    // https://github.com/trek10inc/serverless-cognito-manager/issues/4
    if (attribute.Required) throw invalid('Required custom attributes are not supported currently.');
    const prefix = attribute.DeveloperOnlyAttribute ? 'dev:custom:' : 'custom:';
    return {
      AttributeDataType: 'String',
      DeveloperOnlyAttribute: false,
      Mutable: true,
      Required: false,
      ...((attribute.AttributeDataType ?? 'String') === 'String' && { StringAttributeConstraints: {} }),
      ...(attribute.AttributeDataType === 'Number' && { NumberAttributeConstraints: {} }),
      ...attribute,
      Name: `${prefix}${Name}`,
    };
  });
}

/** The standard attributes, changed where the pool has changed them, and then its own. */
export const allAttributes = (own: readonly SchemaAttributeType[]): SchemaAttributeType[] => [
  ...STANDARD_ATTRIBUTES.map((standard) => ({ ...standard, ...own.find(({ Name }) => Name === standard.Name) })),
  ...own.filter(({ Name }) => !isStandard(Name)),
];
