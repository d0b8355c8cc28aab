import { AwsFault } from '../../kernel/fault.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';

export async function removeSecretKey({ secret, key }: StepInput<'remove-secret-key'>, bench: Bench): Promise<string> {
  const { [key]: removed, ...rest } = await valuesOf(bench, secret);
  if (removed === undefined) throw new AwsFault('StepInvalid', `${secret} has no key ${key} to lose`);
  await put(bench, secret, rest);
  return `secret ${secret} has no key ${key} any more`;
}

/** The value is not told: what scenarios write is made up, but a person may have written one of his own. */
export async function setSecretKey({ secret, key, value }: StepInput<'set-secret-key'>, bench: Bench): Promise<string> {
  await put(bench, secret, { ...(await valuesOf(bench, secret)), [key]: value });
  return `secret ${secret} has another value of ${key}`;
}

async function valuesOf({ ask }: Bench, secret: string): Promise<Record<string, unknown>> {
  const { SecretString = '' } = await ask<{ SecretString?: string }>('secretsmanager:GetSecretValue', {
    SecretId: secret,
  });
  try {
    return JSON.parse(SecretString) as Record<string, unknown>;
  } catch {
    throw new AwsFault('StepInvalid', `${secret} is not JSON, so it has no keys`);
  }
}

const put = ({ ask }: Bench, secret: string, values: object) =>
  ask('secretsmanager:PutSecretValue', { SecretId: secret, SecretString: JSON.stringify(values) });
