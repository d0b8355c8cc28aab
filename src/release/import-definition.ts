import { canonicalJson } from './canonical-json.ts';
import { resolveTemplate, type Template } from './resolve-template.ts';

/**
 * A resource as its stack described it when it left, values in place. An import takes a description on trust: AWS
 * compares it with nothing. With the last true one, what the configuration has changed since is a change like any other
 * afterwards; with the wanted one it would be believed to be there already.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html
 */
export function definitionsOf(template: Template | undefined, parameters: Readonly<Record<string, string>>) {
  return (template ? (resolveTemplate(template, parameters).Resources ?? {}) : {}) as Record<string, Template>;
}

/**
 * The description that an import can use: a secret without a value that is put together from other resources, which may
 * not be there yet. The deployment after the import writes it anew.
 */
export function importable(resource: Template): Template {
  if (resource.Type !== 'AWS::SecretsManager::Secret' || needsOf(resource).length === 0) return resource;
  const { SecretString: _, ...properties } = resource.Properties ?? {};
  return { ...resource, Properties: properties };
}

/** What nothing can give: the value of another stack that is still to be made. */
const UNKNOWN = 'known after apply';

/** Logical ids of the other resources that a description speaks of: an import has to know them all. */
export function needsOf(resource: Template): string[] {
  const needs = new Set<string>([resource.DependsOn ?? []].flat());
  const refer = (id: string) => {
    if (!id.startsWith('AWS::')) needs.add(id.split('.')[0]!);
  };
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'Known after apply') needs.add(UNKNOWN);
      else if (key === 'Ref' && typeof value === 'string') refer(value);
      else if (key === 'Fn::GetAtt') refer(String([value].flat()[0]));
      else if (key === 'Fn::Sub')
        for (const [, id] of String([value].flat()[0]).matchAll(/\$\{([A-Za-z0-9:.]+)\}/g)) refer(id!);
      walk(value);
    }
  };
  walk(resource.Properties);
  return [...needs];
}

/** Names of the properties that differ between what comes in and what is wanted; those that come in open are no change. */
export function changedProperties(incoming: Template, wanted: Template): string[] {
  const before = incoming.Properties ?? {};
  const after = importable(wanted).Properties ?? {};
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => canonicalJson(before[name]) !== canonicalJson(after[name])).sort();
}
