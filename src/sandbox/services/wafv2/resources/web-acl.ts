import type { CreateWebACLCommandInput } from '@aws-sdk/client-wafv2';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { fromRow, toRow } from '../bytes.ts';
import { createWebACL, deleteWebACL, updateWebACL, webAclOf } from '../operations/web-acls.ts';
import { type WebAclRow, webAcls } from '../state.ts';

/** `Ref` is `<name>|<id>|<scope>`, as CloudFormation makes it. */
const physicalIdOf = ({ name, id, scope }: Pick<WebAclRow, 'name' | 'id' | 'scope'>) => `${name}|${id}|${scope}`;

const rowOf = (physicalId: string, { call }: ResourceContext): WebAclRow | undefined =>
  webAcls
    .in(call)
    .values()
    .find((row) => physicalIdOf(row) === physicalId);

// biome-ignore lint/suspicious/noExplicitAny: JSON of the type's own schema
type Json = any;

/** Properties are the API's members, but for bytes, which templates write as text, and numbers and truths as text. */
function members(value: Json, name = ''): Json {
  if (Array.isArray(value)) return value.map((item) => members(item));
  if (name === 'SearchString') return Buffer.from(String(value));
  if (typeof value !== 'object' || value === null) {
    if (value === 'true' || value === 'false') return value === 'true';
    return /^(Priority|Limit|EvaluationWindowSec|ResponseCode)$/.test(name) ? Number(value) : value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === 'SearchStringBase64'
        ? ['SearchString', Buffer.from(String(child), 'base64')]
        : [key, members(child, key)],
    ),
  );
}

const inputOf = ({ Tags: _, ...properties }: Properties) => members(properties) as CreateWebACLCommandInput;

function attributes(row: WebAclRow, { call }: ResourceContext): Properties {
  const { Capacity, LabelNamespace } = webAclOf(row, call);
  return { Arn: row.arn, Id: row.id, Capacity, LabelNamespace };
}

export const webAcl: ResourceProvider = {
  create(properties, context) {
    const { call, tags } = context;
    const { Summary } = createWebACL(
      {
        ...inputOf(properties),
        Name: properties.Name ?? context.generateName({ maxLength: 128 }),
        Tags: [...tags, ...(properties.Tags ?? [])],
      },
      call,
    );
    const row = webAcls.in(call).get(Summary.ARN)!;
    return { status: 'done', physicalId: physicalIdOf(row), attributes: attributes(row, context) };
  },
  update({ after, physicalId }, context) {
    const row = rowOf(physicalId, context)!;
    const given = { ...inputOf(after), Name: row.name, Id: row.id, LockToken: row.lockToken };
    updateWebACL(given as Parameters<typeof updateWebACL>[0], context.call);
    return { status: 'done', physicalId, attributes: attributes(rowOf(physicalId, context)!, context) };
  },
  delete(_properties, physicalId, context) {
    const row = rowOf(physicalId, context);
    if (row) deleteWebACL({ Name: row.name, Id: row.id, Scope: row.scope, LockToken: row.lockToken }, context.call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, context) {
    const row = rowOf(physicalId, context);
    if (!row) return undefined;
    const same =
      JSON.stringify(toRow(inputOf({ Rules: properties.Rules }))) === JSON.stringify({ Rules: row.settings.Rules });
    const { Rules, ...settings } = fromRow(row.settings) as Properties;
    return {
      ...settings,
      ...attributes(row, context),
      Name: row.name,
      Scope: row.scope,
      Rules: same ? properties.Rules : JSON.parse(JSON.stringify(row.settings.Rules ?? Rules ?? [])),
    };
  },
};
