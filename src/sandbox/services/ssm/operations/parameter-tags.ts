import type {
  AddTagsToResourceCommandInput,
  LabelParameterVersionCommandInput,
  LabelParameterVersionResult,
  ListTagsForResourceCommandInput,
  ListTagsForResourceResult,
  RemoveTagsFromResourceCommandInput,
} from '@aws-sdk/client-ssm';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { parameterNotFound, versionNotFound } from '../faults.ts';
import { parameters } from '../state.ts';

function checkResource({ ResourceType, ResourceId = '' }: { ResourceType?: string; ResourceId?: string }, call: Call) {
  if (ResourceType !== 'Parameter' || !parameters.in(call).has(ResourceId))
    throw new AwsFault(
      'InvalidResourceId',
      `The resource ID "${ResourceId}" is not valid. Verify the ID and try again.`,
    );
  return ResourceId;
}

export const addTagsToResource: Operation<AddTagsToResourceCommandInput, object> = (input, call) => {
  const name = checkResource(input as { ResourceType?: string; ResourceId?: string }, call);
  parameters.in(call).update(name, (draft) => {
    for (const { Key = '', Value = '' } of input.Tags ?? [])
      draft.tags = [...draft.tags.filter((tag) => tag.Key !== Key), { Key, Value }];
  });
  return {};
};

export const removeTagsFromResource: Operation<RemoveTagsFromResourceCommandInput, object> = (input, call) => {
  const name = checkResource(input as { ResourceType?: string; ResourceId?: string }, call);
  parameters.in(call).update(name, (draft) => {
    draft.tags = draft.tags.filter(({ Key }) => !input.TagKeys?.includes(Key));
  });
  return {};
};

export const listTagsForResource: Operation<ListTagsForResourceCommandInput, ListTagsForResourceResult> = (
  input,
  call,
) => ({
  TagList: parameters.in(call).get(checkResource(input as { ResourceType?: string; ResourceId?: string }, call))!.tags,
});

export const labelParameterVersion: Operation<LabelParameterVersionCommandInput, LabelParameterVersionResult> = (
  input,
  call,
) => {
  const row = parameters.in(call).get(input.Name ?? '');
  if (!row) throw parameterNotFound();
  const wanted = input.ParameterVersion ?? row.versions.at(-1)!.version;
  if (!row.versions.some(({ version }) => version === wanted)) throw versionNotFound(row.name, String(wanted));
  const labels = input.Labels ?? [];
  const allowed = (label: string) => /^(?!\d|aws|ssm)[\w.-]{1,100}$/i.test(label);
  parameters.in(call).update(row.name, (draft) => {
    // A label stands on one version; it moves.
    for (const version of draft.versions)
      version.labels =
        version.version === wanted
          ? [...new Set([...version.labels, ...labels.filter(allowed)])]
          : version.labels.filter((label) => !labels.includes(label));
  });
  return { InvalidLabels: labels.filter((label) => !allowed(label)), ParameterVersion: wanted };
};
