import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { violation } from '../constraints.ts';
import { type TargetRow, targets } from './state.ts';

export interface TargetName {
  ServiceNamespace?: string | undefined;
  ResourceId?: string | undefined;
  ScalableDimension?: string | undefined;
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
const NAMESPACES = [
  'appstream',
  'cassandra',
  'comprehend',
  'custom-resource',
  'dynamodb',
  'ec2',
  'ecs',
  'elasticache',
  'elasticmapreduce',
  'kafka',
  'lambda',
  'neptune',
  'rds',
  'sagemaker',
  'workspaces',
];

export const targetKey = ({ ServiceNamespace, ResourceId, ScalableDimension }: TargetName): string =>
  `${ServiceNamespace}|${ResourceId}|${ScalableDimension}`;

export const invalid = (message: string) => new AwsFault('ValidationException', message);

/** What the first layer of validation says of the three members that name a target. */
export function checkName(input: TargetName, { dimension = true } = {}): void {
  const sentence = violation([
    ['serviceNamespace', input.ServiceNamespace, { required: true, values: NAMESPACES }],
    ['resourceId', input.ResourceId, { required: true, length: [1, 1600] }],
    ...(dimension ? [['scalableDimension', input.ScalableDimension, { required: true }] as const] : []),
  ]);
  if (sentence !== undefined) throw invalid(sentence);
  if (dimension && !input.ScalableDimension!.startsWith(`${input.ServiceNamespace}:`)) {
    throw invalid('Unsupported service namespace, resource type or scalable dimension');
  }
}

/** The registered target, or ObjectNotFoundException. */
export function targetOf(scope: Scope, name: TargetName): TargetRow {
  const row = targets.in(scope).get(targetKey(name));
  if (!row) throw unknown('No scalable target', name);
  return row;
}

export const unknown = (what: string, { ServiceNamespace, ResourceId, ScalableDimension }: TargetName, more = '') =>
  new AwsFault(
    'ObjectNotFoundException',
    `${what} registered for service namespace: ${ServiceNamespace}, resource ID: ${ResourceId}, scalable dimension: ${ScalableDimension}${more}`,
  );
