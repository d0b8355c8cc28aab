import type { GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { GetParametersCommandOutput } from '@aws-sdk/client-ssm';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { ask } from '../neighbours.ts';
import type { TaskDefinitionRow, TaskRow } from '../state.ts';
import { denial } from './allowed.ts';
import { keyRefusal } from './json-key.ts';
import { reaches } from './reachability.ts';
import { type Refusal, refusedCall, secretsOrAuth, secretsOrAuthUnreached, unansweredCall } from './refusal.ts';

const TRIED = 'service call has been retried 1 time(s)';
const ASM = `unable to retrieve secret from asm: ${TRIED}`;
const SSM = `unable to retrieve secrets from ssm: ${TRIED}`;

/** Fetches every secret of the containers as Fargate does, in order; the first that cannot be had ends the start. */
export async function secretsRefusal(
  scope: Scope,
  task: TaskRow,
  { definition }: TaskDefinitionRow,
): Promise<Refusal | undefined> {
  for (const { valueFrom } of definition.containerDefinitions.flatMap(({ secrets }) => secrets ?? [])) {
    const caller = { roleArn: definition.executionRoleArn!, taskId: task.taskId };
    const refusal = valueFrom!.startsWith('arn:aws:secretsmanager:')
      ? await secretRefusal(scope, task, { valueFrom: valueFrom!, ...caller })
      : await parameterRefusal(scope, task, { valueFrom: valueFrom!, ...caller });
    if (refusal) return refusal;
  }
  return undefined;
}

interface Wanted {
  valueFrom: string;
  roleArn: string;
  taskId: string;
}

/** `valueFrom`: the ARN, then optionally a JSON key, a version stage and a version id, each after a colon. */
async function secretRefusal(scope: Scope, task: TaskRow, wanted: Wanted): Promise<Refusal | undefined> {
  const parts = wanted.valueFrom.split(':');
  const [arn, key, stage, version] = [parts.slice(0, 7).join(':'), parts[7], parts[8], parts[9]];
  const fetching = `failed to fetch secret ${arn} from secrets manager`;
  const refused = (error: string) =>
    secretsOrAuth(`${ASM}: ${fetching}: ${refusedCall('Secrets Manager', 'GetSecretValue', error)}`);
  if (!reaches(scope, task, 'secretsmanager')) {
    return secretsOrAuthUnreached(
      'unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. ' +
        `Check your task network configuration. ${fetching}: ${unansweredCall('Secrets Manager', 'GetSecretValue')}`,
    );
  }
  const denied = await denial(scope, { ...wanted, action: 'secretsmanager:GetSecretValue', resource: arn });
  if (denied) return refused(denied);
  try {
    const secret = await ask<GetSecretValueCommandOutput>(regionOf(scope, arn), 'secretsmanager', 'GetSecretValue', {
      SecretId: arn,
      ...(stage ? { VersionStage: stage } : {}),
      ...(version ? { VersionId: version } : {}),
    });
    const complaint = key && secret ? keyRefusal(secret.SecretString ?? '', key) : undefined;
    return complaint === undefined ? undefined : secretsOrAuth(`${ASM}: ${complaint}`);
  } catch (error) {
    if (error instanceof AwsFault) return refused(`${error.code}: ${error.message}`);
    throw error;
  }
}

async function parameterRefusal(scope: Scope, task: TaskRow, wanted: Wanted): Promise<Refusal | undefined> {
  const name = wanted.valueFrom.replace(/^arn:aws:ssm:[^:]*:\d*:parameter(?=\/)/, '');
  if (!reaches(scope, task, 'ssm')) {
    return secretsOrAuthUnreached(
      'unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a ' +
        'connection issue between the task and AWS Systems Manager Parameter Store. Check your task network ' +
        `configuration. ${unansweredCall('SSM', 'GetParameters')}`,
    );
  }
  const resource = `arn:aws:ssm:${scope.region}:${scope.account}:parameter/${name.replace(/^\//, '')}`;
  const denied = await denial(scope, { ...wanted, action: 'ssm:GetParameters', resource });
  if (denied) return secretsOrAuth(`${SSM}: ${refusedCall('SSM', 'GetParameters', denied)}`);
  // An ARN cannot tell `/name` from `name`: either will do.
  const names = [...new Set([name, name.replace(/^\/(?=[^/]+$)/, '')])];
  const answer = await ask<GetParametersCommandOutput>(scope, 'ssm', 'GetParameters', {
    Names: names,
    WithDecryption: true,
  });
  if (!answer || answer.Parameters?.length) return undefined;
  return secretsOrAuth(`${SSM}: invalid ssm parameters: ${name}`);
}

const regionOf = (scope: Scope, arn: string): Scope => ({ ...scope, region: arn.split(':')[3] || scope.region });
