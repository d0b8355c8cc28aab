import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { invalid } from '../faults.ts';
import { isObject, type Json } from '../template/template.ts';
import { invoke } from './invoke.ts';

const REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+)\}\}/g;

export const hasDynamicReference = (value: Json): boolean => JSON.stringify(value).includes('{{resolve:');

/** Replaces `{{resolve:…}}` in every string by what the parameter store or Secrets Manager holds. */
export async function resolveDynamicReferences(value: Json, call: Call): Promise<Json> {
  if (typeof value === 'string') return resolveText(value, call);
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolveDynamicReferences(item, call)));
  if (!isObject(value)) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, item]) => [key, await resolveDynamicReferences(item, call)] as const),
  );
  return Object.fromEntries(entries);
}

async function resolveText(text: string, call: Call): Promise<string> {
  let result = text;
  for (const [whole, kind, reference] of text.matchAll(REFERENCE)) {
    const value = await lookUp(kind!, reference!, call);
    result = result.replace(whole, () => value);
  }
  return result;
}

const lookUp = (kind: string, reference: string, call: Call): Promise<string> =>
  kind === 'secretsmanager' ? secretValue(reference, call) : parameterValue(reference, kind === 'ssm-secure', call);

async function parameterValue(reference: string, decrypt: boolean, call: Call): Promise<string> {
  const { Parameter } = await invoke('ssm', 'GetParameter', { Name: reference, WithDecryption: decrypt }, call).catch(
    (error) => {
      if (error instanceof AwsFault && /NotFound/.test(error.code))
        throw invalid(`Parameters: [ssm:${reference}] cannot be found.`);
      throw error;
    },
  );
  return Parameter.Value;
}

/** `secret-id:SecretString:json-key:version-stage:version-id`; the id may be an ARN, which has colons of its own. */
async function secretValue(reference: string, call: Call): Promise<string> {
  const arn = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+)(?::(.*))?$/.exec(reference);
  const [id, rest] = arn
    ? [arn[1]!, arn[2] ?? '']
    : [reference.split(':')[0]!, reference.split(':').slice(1).join(':')];
  const [, key = '', stage = '', version = ''] = rest.split(':');
  const { SecretString } = await invoke(
    'secretsmanager',
    'GetSecretValue',
    { SecretId: id, ...(stage ? { VersionStage: stage } : {}), ...(version ? { VersionId: version } : {}) },
    call,
  );
  if (key === '') return SecretString;
  const value = valueOfKey(SecretString, key);
  if (value === undefined) throw invalid('Could not find a value associated with JSONKey in SecretString');
  return value;
}

function valueOfKey(secret: string, key: string): string | undefined {
  try {
    const value = (JSON.parse(secret) as Record<string, unknown>)[key];
    return value === undefined ? undefined : String(value);
  } catch {
    throw invalid('Could not parse SecretString JSON');
  }
}
