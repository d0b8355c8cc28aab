import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import {
  deleteQueryDefinition,
  deleteResourcePolicy,
  putQueryDefinition,
  putResourcePolicy,
} from '../operations/account-settings.ts';
import { queryDefinitions, resourcePolicies } from '../state.ts';

export const resourcePolicy: ResourceProvider = {
  create({ PolicyName, PolicyDocument }, { call }) {
    putResourcePolicy({ policyName: PolicyName, policyDocument: asText(PolicyDocument) }, call);
    return { status: 'done', physicalId: PolicyName };
  },
  update({ after, physicalId }, { call }) {
    putResourcePolicy({ policyName: physicalId, policyDocument: asText(after.PolicyDocument) }, call);
    return { status: 'done', physicalId };
  },
  delete(_properties, policyName, { call }) {
    if (resourcePolicies.in(call).has(policyName)) deleteResourcePolicy({ policyName }, call);
    return { status: 'done', physicalId: policyName };
  },
  read(name, _properties, { call }) {
    const row = resourcePolicies.in(call).get(name);
    return row && { PolicyName: row.name, PolicyDocument: row.document };
  },
};

const asText = (document: unknown): string => (typeof document === 'string' ? document : JSON.stringify(document));

export const queryDefinition: ResourceProvider = {
  create({ Name, QueryString, LogGroupNames }, { call }) {
    const { queryDefinitionId } = putQueryDefinition(
      { name: Name, queryString: QueryString, logGroupNames: LogGroupNames },
      call,
    );
    return { status: 'done', physicalId: queryDefinitionId };
  },
  update({ after, physicalId: queryDefinitionId }, { call }) {
    putQueryDefinition(
      { queryDefinitionId, name: after.Name, queryString: after.QueryString, logGroupNames: after.LogGroupNames },
      call,
    );
    return { status: 'done', physicalId: queryDefinitionId };
  },
  delete(_properties, queryDefinitionId, { call }) {
    if (queryDefinitions.in(call).has(queryDefinitionId)) deleteQueryDefinition({ queryDefinitionId }, call);
    return { status: 'done', physicalId: queryDefinitionId };
  },
  read(id, _properties, { call }) {
    const row = queryDefinitions.in(call).get(id);
    return row && { QueryDefinitionId: id, Name: row.name, QueryString: row.query, LogGroupNames: [...row.groups] };
  },
};
