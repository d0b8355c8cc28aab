import { formatError, templateError } from '../faults.ts';
import { isPseudoParameter } from './pseudo-parameters.ts';
import { eachIntrinsic, getAttParts, type Reference, referencesIn } from './references.ts';
import { isObject, type Json, type Template } from './template.ts';
import { validateConditionBlock } from './validate-conditions.ts';

const FUNCTIONS = new Set([
  'Ref',
  'Condition',
  'Fn::And',
  'Fn::Base64',
  'Fn::Cidr',
  'Fn::Equals',
  'Fn::FindInMap',
  'Fn::GetAtt',
  'Fn::GetAZs',
  'Fn::GetStackOutput',
  'Fn::If',
  'Fn::ImportValue',
  'Fn::Join',
  'Fn::Length',
  'Fn::Not',
  'Fn::Or',
  'Fn::Select',
  'Fn::Split',
  'Fn::Sub',
  'Fn::ToJsonString',
  'Fn::Transform',
]);

/** What can be known without parameter values: shapes of calls, and that every name referred to is declared. */
export function validateReferences(template: Template): void {
  validateConditionBlock(template);
  for (const block of [template.Resources, template.Outputs] as unknown as Json[]) validateCalls(block, template);
  const unresolved = unknownTargets(template, Object.values(template.Resources).map(bodyOf));
  if (unresolved.length > 0) throw unresolvedIn(unresolved, 'Resources');
  const inOutputs = unknownTargets(template, Object.values(template.Outputs ?? {}) as unknown as Json[]);
  if (inOutputs.length > 0) throw unresolvedIn(inOutputs, 'Outputs');
  for (const resource of Object.values(template.Resources))
    if (resource.Condition && !(resource.Condition in (template.Conditions ?? {})))
      throw formatError(`Unresolved condition dependency ${resource.Condition} in the Resources block of the template`);
}

export const unresolvedIn = (names: readonly string[], block: 'Resources' | 'Outputs') =>
  formatError(
    `Unresolved resource dependencies [${[...new Set(names)].join(', ')}] in the ${block} block of the template`,
  );

/** Properties, metadata and dependencies: everything of a resource in which a name may stand. */
function bodyOf({
  Properties,
  Metadata,
  DependsOn,
  UpdatePolicy,
  CreationPolicy,
}: Template['Resources'][string]): Json {
  const named = [DependsOn ?? []].flat().map((target) => ({ Ref: target }));
  return [Properties ?? {}, Metadata ?? {}, UpdatePolicy ?? {}, CreationPolicy ?? {}, ...named];
}

function unknownTargets(template: Template, values: Json[]): string[] {
  const known = ({ target, attribute }: Reference) =>
    target in template.Resources ||
    (attribute === undefined && (target in (template.Parameters ?? {}) || isPseudoParameter(target)));
  return referencesIn(values)
    .filter((reference) => !known(reference))
    .map(({ target }) => target);
}

function validateCalls(block: Json | undefined, template: Template): void {
  eachIntrinsic(block, (name, argument) => {
    if (!FUNCTIONS.has(name) && !name.startsWith('Fn::ForEach'))
      throw templateError(`Fn::${name.slice(4)} is not a valid intrinsic function`);
    if (name === 'Fn::GetAtt') validateGetAtt(argument, template);
    if (name === 'Fn::If') validateIf(argument, template);
    if (name === 'Fn::Sub') validateSub(argument);
    if (name === 'Fn::Join' && !(Array.isArray(argument) && argument.length === 2))
      throw templateError(
        'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
      );
    if (name === 'Fn::Select' && !(Array.isArray(argument) && argument.length === 2))
      throw templateError('Fn::Select requires a list argument with two elements: an integer index and a list');
    if (name === 'Fn::Split' && !(Array.isArray(argument) && argument.length === 2))
      throw templateError(
        'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
      );
  });
}

function validateGetAtt(argument: Json, { Resources }: Template): void {
  const [target, attribute] = getAttParts(argument);
  if (typeof target !== 'string' || target === '' || attribute === undefined || attribute === '')
    throw templateError(
      'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
    );
  if (!(target in Resources)) throw templateError(`instance of Fn::GetAtt references undefined resource ${target}`);
}

function validateIf(argument: Json, { Conditions }: Template): void {
  if (!Array.isArray(argument) || argument.length !== 3)
    throw templateError('Fn::If requires a list argument with three elements');
  const [condition] = argument;
  if (typeof condition !== 'string')
    throw templateError('Fn::If requires a list argument with the first element being a condition');
  if (!(condition in (Conditions ?? {}))) throw templateError(`unresolved condition dependency ${condition} in Fn::If`);
}

function validateSub(argument: Json): void {
  const sound =
    typeof argument === 'string' ||
    (Array.isArray(argument) && argument.length === 2 && typeof argument[0] === 'string' && isObject(argument[1]));
  if (!sound)
    throw templateError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  const text = Array.isArray(argument) ? (argument[0] as string) : (argument as string);
  for (const [, name] of text.matchAll(/\$\{([^!}][^}]*)\}/g))
    if (!/^\s*[\w.:]+\s*$/.test(name!))
      throw templateError(
        'variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
      );
}
