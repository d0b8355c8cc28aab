import { randomUUID } from 'node:crypto';
import type { ListTagsCommandInput, TagResourceCommandInput, UntagResourceCommandInput } from '@aws-sdk/client-lambda';
import type { Call } from '../../../kernel/scope.ts';
import { functionMissing, invalidParameter, notFound, requireValid } from '../refusals.ts';
import { functions, LATEST, latestOf, mappings, versions } from '../state.ts';
import { checkTags } from '../tags.ts';

const RESOURCE =
  'arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)';

/** The tags of a function or of an event source mapping, and how to change them. */
function tagsAt(arn: string | undefined, call: Call) {
  requireValid(['resource', arn, { required: true, length: [1, 256], pattern: RESOURCE }]);
  const [, , , , , kind, id = '', qualifier] = arn!.split(':');
  if (kind === 'event-source-mapping') {
    const row = mappings.in(call).get(id);
    if (!row) throw notFound(`Event source mapping not found: ${arn}`);
    return {
      tags: row.tags,
      set: (tags: Record<string, string>) => mappings.in(call).update(id, (draft) => Object.assign(draft, { tags })),
    };
  }
  if (kind !== 'function') throw notFound(`The resource you requested does not exist.`);
  if (qualifier !== undefined)
    throw invalidParameter('Tags on function aliases and versions are not supported. Please specify a function ARN.');
  const row = functions.in(call).get(id);
  if (!row) throw functionMissing(arn!);
  return {
    tags: row.tags,
    set: (tags: Record<string, string>) => {
      functions.in(call).update(id, (draft) => Object.assign(draft, { tags }));
      versions.in(call).update(`${latestOf(call, id).function}:${LATEST}`, (draft) => {
        draft.revisionId = randomUUID();
      });
    },
  };
}

export function tagResource({ Resource, Tags = {} }: TagResourceCommandInput, call: Call): Record<string, never> {
  const { tags, set } = tagsAt(Resource, call);
  if (Object.keys(Tags).length === 0) throw invalidParameter('An error occurred and the request cannot be processed.');
  checkTags({ ...tags, ...Tags });
  set({ ...tags, ...Tags });
  return {};
}

export function untagResource({ Resource, TagKeys }: UntagResourceCommandInput, call: Call): Record<string, never> {
  requireValid(['tagKeys', TagKeys?.length ? TagKeys : undefined, { required: true }]);
  const { tags, set } = tagsAt(Resource, call);
  set(Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys!.includes(key))));
  return {};
}

export const listTags = ({ Resource }: ListTagsCommandInput, call: Call) => ({
  Tags: { ...tagsAt(Resource, call).tags },
});
