import { randomUUID } from 'node:crypto';
import type {
  DeleteQueryDefinitionCommandInput,
  DeleteResourcePolicyCommandInput,
  DescribeQueryDefinitionsCommandInput,
  DescribeResourcePoliciesCommandInput,
  PutQueryDefinitionCommandInput,
  PutResourcePolicyCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { invalidParameter, limitExceeded, pageOf, requireValid } from '../refusals.ts';
import { queryDefinitions, resourcePolicies } from '../state.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const POLICIES_PER_REGION = 10;

export function putResourcePolicy(input: PutResourcePolicyCommandInput, call: Call) {
  const { policyName: name = '', policyDocument: document = '' } = input;
  requireValid(['policyDocument', input.policyDocument, { required: true, length: [1, 5120] }]);
  if (!isJsonObject(document)) throw invalidParameter('Policy document is not valid JSON.');
  const table = resourcePolicies.in(call);
  if (!table.has(name) && table.size >= POLICIES_PER_REGION) throw limitExceeded();
  const { updated } = table.put(name, { name, document, updated: call.world.clock.stamp() });
  return { resourcePolicy: { policyName: name, policyDocument: document, lastUpdatedTime: updated } };
}

function isJsonObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

export function describeResourcePolicies(input: DescribeResourcePoliciesCommandInput, call: Call) {
  const { items, end } = pageOf(resourcePolicies.in(call).values(), input.limit ?? 50, input.nextToken);
  return {
    resourcePolicies: items.map(({ name, document, updated }) => ({
      policyName: name,
      policyDocument: document,
      lastUpdatedTime: updated,
    })),
    ...end,
  };
}

export function deleteResourcePolicy({ policyName }: DeleteResourcePolicyCommandInput, call: Call) {
  if (!resourcePolicies.in(call).delete(policyName ?? ''))
    throw new AwsFault('ResourceNotFoundException', `Policy with name [${policyName}] does not exist`);
  return {};
}

export function putQueryDefinition(input: PutQueryDefinitionCommandInput, call: Call) {
  requireValid(
    ['name', input.name, { required: true, length: [1, 255] }],
    ['queryString', input.queryString, { required: true, length: [1, 10_000] }],
  );
  const id = input.queryDefinitionId ?? randomUUID();
  if (input.queryDefinitionId !== undefined && !queryDefinitions.in(call).has(id)) throw definitionMissing();
  queryDefinitions.in(call).put(id, {
    id,
    name: input.name!,
    query: input.queryString!,
    groups: [...(input.logGroupNames ?? [])],
    modified: call.world.clock.stamp(),
  });
  return { queryDefinitionId: id };
}

const definitionMissing = () => new AwsFault('ResourceNotFoundException', 'Requested query definition not found.');

export function describeQueryDefinitions(input: DescribeQueryDefinitionsCommandInput, call: Call) {
  const rows = queryDefinitions
    .in(call)
    .values()
    .filter(({ name }) => name.startsWith(input.queryDefinitionNamePrefix ?? ''));
  const { items, end } = pageOf(rows, input.maxResults ?? 1000, input.nextToken);
  return {
    queryDefinitions: items.map(({ id, name, query, groups, modified }) => ({
      queryDefinitionId: id,
      name,
      queryString: query,
      lastModified: modified,
      logGroupNames: [...groups],
    })),
    ...end,
  };
}

export function deleteQueryDefinition({ queryDefinitionId }: DeleteQueryDefinitionCommandInput, call: Call) {
  if (!queryDefinitions.in(call).delete(queryDefinitionId ?? '')) throw definitionMissing();
  return { success: true };
}
