import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { invoke } from '../engine/invoke.ts';
import { type Model, modelOf } from '../engine/model.ts';
import { keepTemplate, templateText } from '../engine/names.ts';
import { formatError, invalid } from '../faults.ts';
import { UNKNOWN } from '../intrinsics/environment.ts';
import { evaluate } from '../intrinsics/evaluate.ts';
import { isSchemaless } from '../schema/schema-source.ts';
import type { Deployment, StackRow, Tag } from '../state.ts';
import { checkCapabilities } from '../template/capabilities.ts';
import { expandIncludes, macroIn } from '../template/expand-includes.ts';
import { dependenciesOf, rejectCircles } from '../template/graph.ts';
import {
  type GivenParameter,
  isListType,
  isNoEcho,
  isSsmType,
  type ParameterValue,
  parameterValues,
} from '../template/parameter-values.ts';
import { parseTemplate, parseText } from '../template/parse-template.ts';
import { referencesIn } from '../template/references.ts';
import type { Json, Template } from '../template/template.ts';
import { unresolvedIn } from '../template/validate-references.ts';
import { templateSource } from './template-source.ts';

export interface DeploymentInput {
  Parameters?: GivenParameter[] | undefined;
  Tags?: { Key?: string | undefined; Value?: string | undefined }[] | undefined;
  Capabilities?: string[] | undefined;
  NotificationARNs?: string[] | undefined;
}

/** Everything that CloudFormation looks at before it accepts a template with its parameters. */
export async function prepareDeployment(
  text: string,
  input: DeploymentInput,
  call: Call,
  stack: Pick<StackRow, 'id' | 'name'>,
  previous?: Deployment,
): Promise<Deployment> {
  const processed = await processedText(text, call);
  const template = parseTemplate(processed);
  rejectTransforms(template, input.Capabilities ?? []);
  const given = parameterValues(template, input.Parameters ?? [], previous?.parameters);
  const parameters = await lookUpParameters(template, given, call);
  const deployment: Deployment = {
    template: keepTemplate(call, processed),
    ...(processed === text ? {} : { original: keepTemplate(call, text) }),
    parameters,
    tags: input.Tags === undefined ? (previous?.tags ?? []) : checkedTags(input.Tags),
    capabilities: input.Capabilities ?? [],
    notificationArns: input.NotificationARNs ?? previous?.notificationArns ?? [],
    ...(template.Description === undefined ? {} : { description: template.Description }),
    noEcho: Object.keys(template.Parameters ?? {}).filter((key) => isNoEcho(template.Parameters![key])),
  };
  const model = await modelOf(call, stack, deployment);
  rejectUnknownTypes(model);
  rejectMissing(model);
  rejectCircles(model.graph);
  tryExpressions(model);
  checkCapabilities(model.resources, deployment.capabilities);
  if (previous && previous.template !== '')
    rejectOtherTypes(model.template, parseTemplate(templateText(call, previous.template)));
  return deployment;
}

/** The text with what it includes, or the text itself when it includes nothing. */
async function processedText(text: string, call: Call): Promise<string> {
  if (!text.includes('AWS::Include')) return text;
  parseTemplate(text);
  const read = async (location: string) => parseText(await templateSource({ IncludeLocation: location }, call)) as Json;
  return JSON.stringify(await expandIncludes(parseText(text) as Json, read));
}

/** Macros are functions, and the sandbox has none; language extensions are part of what the engine does anyway. */
function rejectTransforms(template: Template, acknowledged: readonly string[]): void {
  const names = [template.Transform ?? []].flat();
  const unnamed = names.find((name) => typeof name !== 'string' && typeof (name as { Name?: Json }).Name !== 'string');
  if (unnamed !== undefined) throw invalid('Key Name of transform definition must be a string.');
  const own = names.map((name) => (typeof name === 'string' ? name : String((name as { Name: Json }).Name)));
  const name =
    own.find((each) => each !== 'AWS::LanguageExtensions' && each !== 'AWS::Include') ??
    macroIn(template.Resources as unknown as Json);
  if (name === undefined) return;
  if (!acknowledged.includes('CAPABILITY_AUTO_EXPAND'))
    throw new AwsFault('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]');
  throw invalid(`No transform named ${name} found.`);
}

/** Values of SSM types are names in the parameter store. */
async function lookUpParameters(
  { Parameters = {} }: Template,
  values: readonly ParameterValue[],
  call: Call,
): Promise<ParameterValue[]> {
  const looked = values.map(async (parameter): Promise<ParameterValue> => {
    const { Type } = Parameters[parameter.key]!;
    if (!isSsmType(Type)) return parameter;
    const found = await invoke('ssm', 'GetParameter', { Name: parameter.value }, call).catch((error) => {
      if (error instanceof AwsFault)
        throw invalid(`Parameter ${parameter.key} should either have input value or default value`);
      throw error;
    });
    const value = found.Parameter.Value as string;
    if ((found.Parameter.Type === 'StringList') !== isListType(Type) && isListType(Type))
      throw invalid(`Parameter [${parameter.value}] in parameter store is not of type StringList`);
    return { ...parameter, resolved: value };
  });
  return Promise.all(looked);
}

function checkedTags(tags: NonNullable<DeploymentInput['Tags']>): Tag[] {
  const keys = tags.map(({ Key }) => Key ?? '');
  const reserved = keys.find((key) => /^aws:/i.test(key));
  if (reserved) throw invalid('Tag keys cannot start with the reserved prefix aws:');
  if (new Set(keys).size < keys.length)
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  if (keys.length > 50)
    throw invalid(
      "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
    );
  return tags.map(({ Key, Value }) => ({ Key: Key ?? '', Value: Value ?? '' }));
}

/** Types that neither AWS nor the stack's author has. */
function rejectUnknownTypes({ template, schemas }: Model): void {
  const unknown = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))].filter(
    (type) => schemas.get(type) === undefined && !isSchemaless(type),
  );
  if (unknown.length > 0) throw formatError(`Unrecognized resource types: [${unknown.join(', ')}]`);
}

/** Resources that are declared, but not with these parameters. */
function rejectMissing({ template, resources, holds }: Model): void {
  const absent = (target: string) => target in template.Resources && !resources.has(target);
  const missing = [...resources.values()].flatMap((resource) =>
    [...dependenciesOf({ ...resource, DependsOn: [] }, holds)].filter(absent),
  );
  if (missing.length > 0) throw unresolvedIn(missing, 'Resources');
  const inOutputs = Object.values(template.Outputs ?? {})
    .filter(({ Condition }) => Condition === undefined || holds(Condition))
    .flatMap(({ Value }) =>
      referencesIn(Value, holds)
        .map(({ target }) => target)
        .filter(absent),
    );
  if (inOutputs.length > 0)
    throw invalid(
      `Unresolved resource dependencies [${[...new Set(inOutputs)].join(', ')}] in the Outputs block of the template`,
    );
}

/** Mappings without the key, lists without the index: what is wrong whatever the resources will be. */
function tryExpressions(model: Model): void {
  const environment = {
    ...model.environment,
    ref: () => UNKNOWN,
    getAtt: () => UNKNOWN,
    importValue: () => UNKNOWN,
    stackOutput: () => UNKNOWN,
  };
  for (const { Properties } of model.resources.values()) evaluate(Properties ?? {}, environment);
  for (const { Condition, Value } of Object.values(model.template.Outputs ?? {}))
    if (Condition === undefined || model.holds(Condition)) evaluate(Value, environment);
}

function rejectOtherTypes(after: Template, before: Template): void {
  const changed = Object.entries(after.Resources)
    .filter(([id, { Type }]) => before.Resources[id] !== undefined && before.Resources[id].Type !== Type)
    .map(([id]) => id);
  if (changed.length > 0)
    throw invalid(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${changed.join(', ')}]`,
    );
}
