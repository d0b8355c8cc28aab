import type { Scope } from '../../../kernel/scope.ts';
import { invalid } from '../faults.ts';
import { decideConditions } from '../intrinsics/conditions.ts';
import type { Environment } from '../intrinsics/environment.ts';
import type { ResourceSchema } from '../schema/resource-schema.ts';
import { schemasFor } from '../schema/schema-source.ts';
import {
  type Deployment,
  exported,
  type ResourceRow,
  resourcesOf,
  type StackRow,
  stackNames,
  stacks,
} from '../state.ts';
import { activeResources, dependencyGraph, type Graph } from '../template/graph.ts';
import { parameterBindings } from '../template/parameter-values.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Json, JsonObject, ResourceDeclaration, Template } from '../template/template.ts';
import { templateText } from './names.ts';
import { pseudoValues, zonesOf } from './pseudo-values.ts';

/** A deployment made ready to be worked through: what it declares, and where its expressions find their values. */
export interface Model {
  template: Template;
  resources: ReadonlyMap<string, ResourceDeclaration>;
  graph: Graph;
  holds: (condition: string) => boolean;
  environment: Environment;
  schemas: ReadonlyMap<string, ResourceSchema | undefined>;
}

/** `resourceOf` says what a resource is now, or will be. */
export async function modelOf(
  scope: Scope,
  stack: Pick<StackRow, 'id' | 'name'>,
  deployment: Deployment,
  resourceOf: (logicalId: string) => ResourceRow | undefined = (id) => resourcesOf(scope, stack.id).get(id),
): Promise<Model> {
  const template = parseTemplate(templateText(scope, deployment.template));
  const schemas = await schemasFor(Object.values(template.Resources).map(({ Type }) => Type));
  const constants = {
    pseudo: pseudoValues(scope, stack, deployment),
    parameters: parameterBindings(template, deployment.parameters),
    mappings: template.Mappings ?? {},
    zones: zonesOf,
  };
  const holds = decideConditions(template, constants);
  const resources = activeResources(template, holds);
  return {
    template,
    resources,
    graph: dependencyGraph(resources, holds),
    holds,
    schemas,
    environment: {
      ...constants,
      holds,
      ref: (logicalId) => refOf(logicalId, resourceOf(logicalId)),
      getAtt: (logicalId, attribute) => attributeOf(logicalId, attribute, resourceOf(logicalId)),
      importValue: (name) => importedValue(scope, name),
      stackOutput: (name, output, region) => outputOf({ ...scope, region: region ?? scope.region }, name, output),
    },
  };
}

/** Under this name among the attributes stands what `Ref` gives, when it is not the physical id. */
export const REF_ATTRIBUTE = ' Ref';

function refOf(logicalId: string, row: ResourceRow | undefined): Json {
  const value = row && (row.attributes[REF_ATTRIBUTE] ?? row.physicalId);
  if (value === undefined)
    throw invalid(`Unresolved resource dependencies [${logicalId}] in the Resources block of the template`);
  return value;
}

/** An attribute by its whole name or by its path; else the property of that name, as registry types have it. */
function attributeOf(logicalId: string, attribute: string, row: ResourceRow | undefined): Json {
  if (!row) throw invalid(`Unresolved resource dependencies [${logicalId}] in the Resources block of the template`);
  for (const values of [row.attributes, row.properties]) {
    const found =
      values[attribute] ??
      attribute.split('.').reduce<Json | undefined>((value, part) => memberOf(value, part), values);
    if (found !== undefined && found !== null) return found;
  }
  throw invalid(`Resource type ${row.type} does not support attribute {${attribute}}`);
}

const memberOf = (value: Json | undefined, part: string): Json | undefined =>
  typeof value === 'object' && value !== null ? (value as JsonObject)[part] : undefined;

function importedValue(scope: Scope, name: string): Json {
  const found = exported.in(scope).get(name);
  if (!found) throw invalid(`No export named ${name} found.`);
  return found.value;
}

function outputOf(scope: Scope, name: string, output: string): Json {
  const stack = stacks.in(scope).get(name.startsWith('arn:') ? name : (stackNames.in(scope).get(name) ?? ''));
  const found = stack?.outputs.find(({ key }) => key === output);
  if (!found) throw invalid(`Stack ${name} has no output named ${output}`);
  return found.value;
}
