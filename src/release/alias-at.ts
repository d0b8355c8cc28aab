import type { Template } from './resolve-template.ts';

/**
 * The template with the alias of a function at a version by its number, moved by nobody in steps; undefined where the
 * stack need not be told: it moves the alias by itself, or knows already. `output` names the function in the outputs.
 */
export function templateWithAliasAt(template: Template, output: string, version: string): Template | undefined {
  const fn = template.Outputs?.[output]?.Value?.Ref;
  const [id, alias] =
    Object.entries<Template>(template.Resources ?? {}).find(
      ([, { Type, Properties }]) => Type === 'AWS::Lambda::Alias' && Properties?.FunctionName?.Ref === fn,
    ) ?? [];
  if (fn === undefined || id === undefined || !alias) return undefined;
  const { UpdatePolicy, ...rest } = alias;
  const known = alias.Properties?.FunctionVersion;
  const isInSteps = UpdatePolicy?.CodeDeployLambdaAliasUpdate !== undefined;
  if (!isInSteps && (typeof known !== 'string' || known === version)) return undefined;
  const told = { ...rest, Properties: { ...alias.Properties, FunctionVersion: version } };
  return { ...template, Resources: { ...template.Resources, [id]: told } };
}
