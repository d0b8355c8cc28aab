import type { PutParameterCommandInput, PutParameterResult } from '@aws-sdk/client-ssm';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { findKey } from '../../kms/find-key.ts';
import { managedKey } from '../../kms/make-key.ts';
import { checkName, checkValue } from '../check-parameter.ts';
import { validation } from '../faults.ts';
import { type ParameterType, type ParameterVersion, parameterArn, parameters } from '../state.ts';

/** Older versions fall off at the end. */
const MOST_VERSIONS = 100;
const TYPES = ['String', 'StringList', 'SecureString'];

export const putParameter: Operation<PutParameterCommandInput, PutParameterResult> = (input, call) => {
  const name = (input.Name ?? '').replace(/^arn:aws:ssm:[^:]*:[^:]*:parameter(?=\/)/, '');
  checkName(name);
  const table = parameters.in(call);
  const known = table.get(name);
  const before = known?.versions.at(-1);
  if (known && !input.Overwrite)
    throw new AwsFault(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  if (input.Overwrite && input.Tags?.length)
    throw validation(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  const type = (input.Type ?? before?.type) as ParameterType | undefined;
  if (type === undefined) throw validation('A parameter type is required when you create a parameter.');
  if (!TYPES.includes(type))
    throw validation(
      `1 validation error detected: Value '${type}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [SecureString, StringList, String]`,
    );
  const tier = tierOf(input, before);
  const allowedPattern = input.AllowedPattern ?? before?.allowedPattern;
  checkValue(input.Value, { tier, allowedPattern });

  const version: ParameterVersion = {
    version: (before?.version ?? 0) + 1,
    type,
    value: input.Value,
    ...(input.Description === undefined ? {} : { description: input.Description }),
    ...(type === 'SecureString' ? { keyId: secureKey(input.KeyId, call) } : {}),
    ...(allowedPattern === undefined ? {} : { allowedPattern }),
    dataType: input.DataType ?? before?.dataType ?? 'text',
    tier,
    labels: [],
    modifiedAt: call.world.clock.stamp(),
    modifiedBy: call.principal,
  };
  if (known)
    table.update(name, (draft) => {
      draft.versions = [...draft.versions, version].slice(-MOST_VERSIONS);
    });
  else
    table.put(name, {
      name,
      arn: parameterArn(call, name),
      versions: [version],
      tags: (input.Tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })),
    });
  return { Version: version.version, Tier: tier };
};

function tierOf(input: PutParameterCommandInput, before: ParameterVersion | undefined): 'Standard' | 'Advanced' {
  if (input.Tier === 'Standard' && before?.tier === 'Advanced')
    throw validation(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    );
  if (input.Tier === 'Intelligent-Tiering') return (input.Value?.length ?? 0) > 4096 ? 'Advanced' : 'Standard';
  return (input.Tier as 'Standard' | 'Advanced' | undefined) ?? before?.tier ?? 'Standard';
}

function secureKey(reference: string | undefined, call: Parameters<typeof putParameter>[1]): string {
  if (reference === undefined || reference === 'alias/aws/ssm') {
    managedKey(call, 'ssm', 'Default key that protects my SSM parameters when no other key is defined');
    return 'alias/aws/ssm';
  }
  try {
    findKey(call, reference);
  } catch (error) {
    if (error instanceof AwsFault) throw new AwsFault('InvalidKeyId', error.message);
    throw error;
  }
  return reference;
}
