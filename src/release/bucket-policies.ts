import { type ParameterValue, resolveTemplate, type Template } from './resolve-template.ts';

export interface BucketPolicyPlace {
  logicalId: string;
  /** The bucket's name. */
  bucket: string;
  /** How the resource names it, values of parameters in place. */
  expression: unknown;
}

/** What a stack says of itself. */
interface Told {
  template?: Template | undefined;
  outputs: Readonly<Record<string, string>>;
}

/** The policies of buckets in a template, those whose bucket's name can be told: by a value, or by an output of the stack. */
export function bucketPolicies(
  template: Template,
  parameters: Readonly<Record<string, ParameterValue>>,
  live: Told | undefined,
): BucketPolicyPlace[] {
  const resources: Record<string, Template> = resolveTemplate(template, parameters).Resources ?? {};
  return Object.entries(resources).flatMap(([logicalId, { Type, Properties }]) => {
    if (Type !== 'AWS::S3::BucketPolicy') return [];
    const expression: unknown = Properties?.Bucket;
    const bucket = typeof expression === 'string' ? expression : nameOf(expression, live);
    return bucket === undefined ? [] : [{ logicalId, bucket, expression }];
  });
}

/** The name of a bucket of the stack itself, as it stands. */
function nameOf(expression: unknown, live: Told | undefined): string | undefined {
  const { Ref: id } = (expression ?? {}) as { Ref?: string };
  if (id === undefined || live?.template?.Resources?.[id]?.Type !== 'AWS::S3::Bucket') return undefined;
  const outputs: Record<string, Template> = live.template.Outputs ?? {};
  const [output] = Object.entries(outputs).find(([, { Value }]) => Value?.Ref === id) ?? [];
  return output === undefined ? undefined : live.outputs[output];
}
