import { randomUUID } from 'node:crypto';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { findLiveSecret } from '../find-secret.ts';
import { cancelRotateSecret, configureRotation, rotateSecret } from '../operations/rotate-secret.ts';
import { secrets } from '../state.ts';

function apply(properties: Properties, SecretId: string, call: ResourceContext['call']): void {
  const rules = { ...properties.RotationRules };
  if (rules.AutomaticallyAfterDays !== undefined) rules.AutomaticallyAfterDays = Number(rules.AutomaticallyAfterDays);
  if (properties.RotationLambdaARN !== undefined)
    rotateSecret(
      {
        SecretId,
        ClientRequestToken: randomUUID(),
        RotationLambdaARN: properties.RotationLambdaARN,
        RotationRules: rules,
        RotateImmediately: String(properties.RotateImmediatelyOnUpdate ?? true) === 'true',
      },
      call,
    );
  // With HostedRotationLambda AWS makes the function itself; here only the schedule is kept.
  else configureRotation(findLiveSecret(SecretId, call), { rules }, call);
}

export const rotationSchedule: ResourceProvider = {
  create(properties, { call }) {
    const { arn } = findLiveSecret(properties.SecretId, call);
    apply(properties, arn, call);
    return { status: 'done', physicalId: arn };
  },
  update({ after, physicalId }, { call }) {
    apply(after, physicalId, call);
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    const row = secrets.in(call).get(physicalId);
    if (row && !row.deletion) cancelRotateSecret({ SecretId: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    const rotation = secrets.in(call).get(physicalId)?.rotation;
    return rotation?.enabled ? { ...properties, Id: physicalId, RotationRules: { ...rotation.rules } } : undefined;
  },
};
