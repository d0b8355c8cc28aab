import { randomUUID } from 'node:crypto';
import type { Target } from '@aws-sdk/client-eventbridge';
import type { Scope } from '../../kernel/scope.ts';
import { letsServiceIn } from '../iam/lets-in.ts';
import { enqueue } from '../lambda/async-calls.ts';
import { policyAllows } from '../lambda/resource-policy.ts';
import { appendLogEvents } from '../logs/append-log-events.ts';
import { resourcePolicies } from '../logs/state.ts';
import { scopeOfArn } from '../sns/find.ts';
import { publish, whyServiceMayNot } from '../sns/publish.ts';
import { topics } from '../sns/state.ts';
import { queueAt, scopeOf } from '../sqs/find-queue.ts';
import { send } from '../sqs/send.ts';
import { recordDelivery } from './delivery-metrics.ts';
import { eventPattern } from './event-pattern.ts';
import { lookUpBus, rulesOn } from './find.ts';
import { runEcsTask } from './run-ecs-task.ts';
import type { RuleRow } from './state.ts';
import { type EventBody, targetInput } from './target-input.ts';

/** Events go from bus to bus; one that comes around is dropped after so many steps. */
const MOST_HOPS = 5;

/** Gives an event to the targets of every rule on a bus that it matches. */
export function deliver(bus: string, event: EventBody, scope: Scope, hops = 0): void {
  for (const rule of rulesOn(bus, scope)) {
    if (rule.state === 'DISABLED' || rule.pattern === undefined || !eventPattern(rule.pattern)(event)) continue;
    deliverToTargets(rule, event, scope, hops);
  }
}

/** Gives an event to the targets of one rule. */
export function deliverToTargets(rule: RuleRow, event: EventBody, scope: Scope, hops = 0): void {
  for (const target of rule.targets) {
    const reached = reach(target, event, rule, scope, hops);
    recordDelivery(rule, reached, scope);
    if (!reached) toDeadLetters(target, event, rule, scope);
  }
}

/**
 * Queues, functions, topics, log groups and buses receive, and clusters run a task; targets of other kinds are only kept. False when the target is gone
 * or its resource policy does not let EventBridge in: AWS accepts such events too, and they are lost.
 */
function reach(target: Target, event: EventBody, rule: RuleRow, scope: Scope, hops: number): boolean {
  const arn = target.Arn ?? '';
  const [, , service] = arn.split(':');
  if (service === 'sqs') return toQueue(arn, targetInput(target, event, rule), rule, scope, target);
  if (service === 'lambda') return toFunction(arn, targetInput(target, event, rule), rule, scope);
  if (service === 'ecs') return runEcsTask(target, target.Input, rule, scope);
  if (service === 'sns') return toTopic(arn, targetInput(target, event, rule), rule, scope);
  if (service === 'logs') return toLogGroup(arn, targetInput(target, event, rule), scope);
  if (service === 'events' && hops < MOST_HOPS) {
    const next = lookUpBus(arn, scope);
    if (next) deliver(next.name, event, scope, hops + 1);
    return next !== undefined;
  }
  return true;
}

function toQueue(arn: string, body: string, rule: RuleRow, scope: Scope, target?: Target): boolean {
  const queue = queueAt(arn, scope);
  const context = { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': scope.account };
  const asked = { action: 'sqs:SendMessage', resource: arn, services: ['events.amazonaws.com'], context };
  if (!queue || !letsServiceIn(queue.attributes.Policy, asked)) return false;
  send(
    queue,
    {
      MessageBody: body,
      ...(queue.isFifo && {
        MessageGroupId: target?.SqsParameters?.MessageGroupId ?? rule.name,
        MessageDeduplicationId: randomUUID(),
      }),
    },
    { scope: scopeOf(scope, queue), senderId: 'AIDAEVENTBRIDGE' },
  );
  return true;
}

/** An asynchronous call, which Lambda tries again by itself; what its policy does not let in is lost (F-106). */
function toFunction(arn: string, event: string, rule: RuleRow, scope: Scope): boolean {
  const [, , , region, account, , name = '', qualifier] = arn.split(':');
  const target = { name, ...(qualifier !== undefined && { qualifier }) };
  const context = { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': scope.account };
  const who = { action: 'lambda:InvokeFunction', service: 'events.amazonaws.com', context };
  if (region !== scope.region || account !== scope.account || !policyAllows(target, who, scope)) return false;
  enqueue({ ...target, arn }, event, scope);
  return true;
}

function toTopic(arn: string, text: string, rule: RuleRow, scope: Scope): boolean {
  const topic = topics.in(scopeOfArn(arn, scope)).get(arn);
  const who = { service: 'events.amazonaws.com', name: 'EventBridge', sourceArn: rule.arn };
  if (!topic || whyServiceMayNot(topic, who, scope) !== undefined) return false;
  publish(topic, { texts: { default: text }, attributes: {} }, { scope });
  return true;
}

function toLogGroup(arn: string, line: string, scope: Scope): boolean {
  const name = /:log-group:([^:]+)/.exec(arn)?.[1] ?? '';
  const asked = {
    action: 'logs:PutLogEvents',
    resource: `${arn.replace(/:\*$/, '')}:*`,
    services: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'],
    context: {},
  };
  const isAllowed = resourcePolicies
    .in(scope)
    .values()
    .some(({ document }) => letsServiceIn(document, asked));
  return isAllowed && appendLogEvents(scope, name, randomUUID(), [line]);
}

function toDeadLetters(target: Target, event: EventBody, rule: RuleRow, scope: Scope): void {
  const arn = target.DeadLetterConfig?.Arn;
  if (arn !== undefined) toQueue(arn, JSON.stringify(event), rule, scope);
}
