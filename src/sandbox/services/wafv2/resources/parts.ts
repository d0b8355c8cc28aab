import type { CreateIPSetCommandInput, LoggingConfiguration } from '@aws-sdk/client-wafv2';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { associateWebACL } from '../operations/associations.ts';
import { createIPSet, deleteIPSet, updateIPSet } from '../operations/ip-sets.ts';
import { deleteLoggingConfiguration, putLoggingConfiguration } from '../operations/loggings.ts';
import { associations, type IpSetRow, ipSets, loggings } from '../state.ts';

const setIdOf = ({ name, id, scope }: Pick<IpSetRow, 'name' | 'id' | 'scope'>) => `${name}|${id}|${scope}`;

const setOf = (physicalId: string, { call }: ResourceContext): IpSetRow | undefined =>
  ipSets
    .in(call)
    .values()
    .find((row) => setIdOf(row) === physicalId);

export const ipSet: ResourceProvider = {
  create(properties, context) {
    const { Summary } = createIPSet(
      {
        ...(properties as CreateIPSetCommandInput),
        Name: properties.Name ?? context.generateName({ maxLength: 128 }),
        Tags: [...context.tags, ...(properties.Tags ?? [])],
      },
      context.call,
    );
    const row = ipSets.in(context.call).get(Summary.ARN)!;
    return { status: 'done', physicalId: setIdOf(row), attributes: { Arn: row.arn, Id: row.id } };
  },
  update({ after, physicalId }, context) {
    const { name, id, scope, lockToken, arn } = setOf(physicalId, context)!;
    updateIPSet(
      {
        Name: name,
        Id: id,
        Scope: scope,
        LockToken: lockToken,
        Addresses: after.Addresses,
        Description: after.Description,
      },
      context.call,
    );
    return { status: 'done', physicalId, attributes: { Arn: arn, Id: id } };
  },
  delete(_properties, physicalId, context) {
    const row = setOf(physicalId, context);
    if (row) deleteIPSet({ Name: row.name, Id: row.id, Scope: row.scope, LockToken: row.lockToken }, context.call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, context) {
    const row = setOf(physicalId, context);
    if (!row) return undefined;
    const { arn, id, name, scope, version, addresses } = row;
    return { Arn: arn, Id: id, Name: name, Scope: scope, IPAddressVersion: version, Addresses: [...addresses] };
  },
};

/** Known by both ARNs. */
export const webAclAssociation: ResourceProvider = {
  create({ ResourceArn, WebACLArn }, { call }) {
    associateWebACL({ ResourceArn, WebACLArn }, call);
    return { status: 'done', physicalId: `${WebACLArn}|${ResourceArn}` };
  },
  delete({ ResourceArn }, physicalId, { call }) {
    associations.in(call).delete(ResourceArn);
    return { status: 'done', physicalId };
  },
  read(_physicalId, { ResourceArn }, { call }) {
    const row = associations.in(call).get(ResourceArn);
    return row && { ResourceArn, WebACLArn: row.webAcl };
  },
};

const settings = ({ ResourceArn, LogDestinationConfigs, RedactedFields, LoggingFilter }: Properties) =>
  ({ ResourceArn, LogDestinationConfigs, RedactedFields, LoggingFilter }) as LoggingConfiguration;

export const loggingConfiguration: ResourceProvider = {
  create(properties, { call }) {
    putLoggingConfiguration({ LoggingConfiguration: settings(properties) }, call);
    return { status: 'done', physicalId: properties.ResourceArn };
  },
  update({ after, physicalId }, { call }) {
    putLoggingConfiguration({ LoggingConfiguration: settings(after) }, call);
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    if (loggings.in(call).has(physicalId)) deleteLoggingConfiguration({ ResourceArn: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const held = loggings.in(call).get(physicalId);
    return held && (structuredClone(held) as unknown as Properties);
  },
};
