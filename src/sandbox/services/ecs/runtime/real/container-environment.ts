import type { GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { GetParametersCommandOutput } from '@aws-sdk/client-ssm';
import { ownAccessKeyId } from '../../../../kernel/access-keys.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import { realDoors } from '../../../rds/real-server.ts';
import { ask } from '../../neighbours.ts';
import type { Launch } from '../container-runtime.ts';
import { MACHINE_NAME } from './container-spec.ts';
import { type Passage, throughGateway } from './through-gateway.ts';

/** What a container is given: its own variables, its secrets as they are now, and the way to this AWS. */
export async function containerEnvironment(
  scope: Scope,
  { environment = [], secrets = [] }: Launch['container'],
  { endpoint }: { endpoint: string },
): Promise<Record<string, string>> {
  const values: Record<string, string> = {
    AWS_REGION: scope.region,
    AWS_DEFAULT_REGION: scope.region,
    AWS_EXECUTION_ENV: 'AWS_ECS_FARGATE',
    // In place of the credentials endpoint of a task role: no program in a container can meet a real account.
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: ownAccessKeyId(scope.account),
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  for (const { name, value } of environment) if (name) values[name] = value ?? '';
  for (const { name, valueFrom } of secrets) values[name!] = await secretValue(scope, valueFrom!);
  const isBridged = scope.world.machine!.engine!.facts.network === 'bridge';
  return isBridged ? throughGateway(values, passages(scope)) : values;
}

const passages = (scope: Scope): Passage[] =>
  realDoors(scope).map(({ address, port, gatewayPort = port }) => ({
    address,
    port,
    inside: { host: MACHINE_NAME, port: gatewayPort },
  }));

/** `valueFrom` as in `secrets-check.ts`, which has found it a moment ago; what is gone since is empty. */
async function secretValue(scope: Scope, valueFrom: string): Promise<string> {
  const parts = valueFrom.split(':');
  if (!valueFrom.startsWith('arn:aws:secretsmanager:')) return parameterValue(scope, valueFrom);
  const [key, stage, version] = parts.slice(7);
  const secret = await ask<GetSecretValueCommandOutput>(
    { ...scope, region: parts[3] || scope.region },
    'secretsmanager',
    'GetSecretValue',
    {
      SecretId: parts.slice(0, 7).join(':'),
      ...(stage ? { VersionStage: stage } : {}),
      ...(version ? { VersionId: version } : {}),
    },
  );
  const text = secret?.SecretString ?? Buffer.from(secret?.SecretBinary ?? []).toString('utf8');
  if (!key) return text;
  const value = (JSON.parse(text) as Record<string, unknown>)[key];
  return typeof value === 'string' ? value : JSON.stringify(value);
}

async function parameterValue(scope: Scope, valueFrom: string): Promise<string> {
  const name = valueFrom.replace(/^arn:aws:ssm:[^:]*:\d*:parameter(?=\/)/, '');
  const names = [...new Set([name, name.replace(/^\/(?=[^/]+$)/, '')])];
  const answer = await ask<GetParametersCommandOutput>(scope, 'ssm', 'GetParameters', {
    Names: names,
    WithDecryption: true,
  });
  return answer?.Parameters?.[0]?.Value ?? '';
}
