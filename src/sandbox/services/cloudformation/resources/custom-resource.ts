import { randomUUID } from 'node:crypto';
import type { Progress, Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { enqueue } from '../../lambda/async-calls.ts';
import { referenceOf } from '../../lambda/names.ts';
import { isNode } from '../../lambda/runtimes.ts';
import { functions, latestOf } from '../../lambda/state.ts';
import { CALLBACK_PATH, type CallbackRow, callbacks } from '../callbacks.ts';
import { resourcesOf } from '../state.ts';
import { type CustomResourceEvent, invokerOf } from './custom-resource-invoker.ts';

/** AWS's default; `ServiceTimeout` shortens it. */
const TIMEOUT_S = 3_600;

/** A resource whose making is somebody else's: asked by an event, answered by a PUT to the address in it. */
export const customResource: ResourceProvider = {
  create: (properties, context) => ask('Create', properties, context),

  update: ({ before, after, physicalId }, context) =>
    ask('Update', after, context, { PhysicalResourceId: physicalId, OldResourceProperties: textual(before) }),

  delete: (properties, physicalId, context) => ask('Delete', properties, context, { PhysicalResourceId: physicalId }),

  check(_step, physicalId, _properties, context) {
    const row = callbacks
      .in(context.call)
      .values()
      .find(({ stackId, logicalId }) => stackId === context.stackId && logicalId === context.logicalId);
    if (!row?.response) {
      if (row) callbacks.in(context.call).delete(row.token);
      return failure(
        physicalId,
        `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${row?.token ?? randomUUID()}].`,
      );
    }
    callbacks.in(context.call).delete(row.token);
    return answered(row, physicalId);
  },
};

function answered({ response, token }: CallbackRow, physicalId: string): Progress {
  const { Status, Reason, PhysicalResourceId, Data = {} } = response!;
  if (Status !== 'SUCCESS')
    return failure(
      PhysicalResourceId ?? physicalId,
      `Received response status [${Status ?? 'FAILED'}] from custom resource. Message returned: ${Reason ?? 'See the details in CloudWatch Log Stream'} (RequestId: ${token})`,
    );
  if (!PhysicalResourceId) return failure(physicalId, 'Invalid PhysicalResourceId');
  return { status: 'done', physicalId: PhysicalResourceId, attributes: Data };
}

function ask(
  RequestType: CustomResourceEvent['RequestType'],
  properties: Properties,
  context: ResourceContext,
  more: Partial<CustomResourceEvent> = {},
): Progress {
  const { ServiceToken, ServiceTimeout = TIMEOUT_S } = properties;
  const { world, account, region, endpoint } = context.call;
  const physicalId = more.PhysicalResourceId ?? context.generateName();
  const invoker = invokerOf(world, ServiceToken);
  const behind = invoker ? undefined : functionBehind(ServiceToken, context.call);
  if (!invoker && !behind) return failure(physicalId, notReachable(ServiceToken, region));
  if (behind && !behind.runs)
    return failure(physicalId, `The sandbox does not run ${ServiceToken}: only functions of Node.js really run.`);
  const token = randomUUID();
  const { logicalId, stackId } = context;
  callbacks
    .in(context.call)
    .put(token, { token, account, region, stackId, logicalId, physicalId, requestType: RequestType });
  const event: CustomResourceEvent = {
    RequestType,
    ServiceToken,
    ResponseURL: `${endpoint}${CALLBACK_PATH}${token}`,
    StackId: stackId,
    RequestId: token,
    LogicalResourceId: logicalId,
    ResourceType: resourcesOf(context.call, stackId).get(logicalId)?.type ?? 'AWS::CloudFormation::CustomResource',
    ResourceProperties: textual(properties),
    ...more,
  };
  // After this transaction: whoever is asked may call the sandbox before it answers.
  if (invoker) setImmediate(() => void Promise.resolve(invoker(event)).catch(() => undefined));
  else enqueue(behind!.reference, JSON.stringify(event), context.call);
  return { status: 'pending', physicalId, afterMs: Number(ServiceTimeout) * 1_000, background: invoker !== undefined };
}

/** The function that a service token leads to, and whether this sandbox really runs it. */
function functionBehind(token: unknown, call: ResourceContext['call']) {
  if (typeof token !== 'string' || !token.startsWith(`arn:aws:lambda:${call.region}:${call.account}:function:`))
    return undefined;
  const reference = referenceOf({ FunctionName: token }, call);
  const row = functions.in(call).has(reference.name) ? latestOf(call, reference.name) : undefined;
  return row && { reference, runs: isNode(row.settings.Runtime) && row.code.blob !== undefined };
}

const failure = (physicalId: string, reason: string): Progress => ({ status: 'failed', physicalId, reason });

/** Lambda's refusal as CloudFormation passes it on. */
function notReachable(serviceToken: unknown, region: string): string {
  if (typeof serviceToken !== 'string' || !/^arn:[^:]+:(lambda|sns):/.test(serviceToken))
    return 'Invalid service token.';
  if (serviceToken.split(':')[3] !== region)
    return 'Invalid service token: it must be in the same region as the stack.';
  return serviceToken.includes(':lambda:')
    ? `Function not found: ${serviceToken} (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException)`
    : `Topic does not exist (Service: AmazonSNS; Status Code: 404; Error Code: NotFound)`;
}

/** Custom resources get every scalar as text. */
function textual(value: Properties): Properties {
  return JSON.parse(
    JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'number' || typeof item === 'boolean' ? String(item) : item,
    ),
  );
}
