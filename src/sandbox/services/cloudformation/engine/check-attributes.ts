import { invalid } from '../faults.ts';
import { getAttParts } from '../template/references.ts';
import { intrinsic, isObject, type Json } from '../template/template.ts';
import type { Model } from './model.ts';

/** Types whose attributes nobody can know beforehand. */
const OPEN = /^(Custom::|AWS::CloudFormation::(CustomResource|Stack|WaitCondition|Macro))/;

/** Refuses attributes that a type does not have, before anything is made. Branches that are not taken do not count. */
export function checkAttributes(model: Model): void {
  for (const [id, { Properties }] of model.resources) look(Properties ?? {}, `/Resources/${id}/Properties`, model);
  for (const [key, { Condition, Value, Export }] of Object.entries(model.template.Outputs ?? {})) {
    if (Condition !== undefined && !model.holds(Condition)) continue;
    look(Value, `/Outputs/${key}/Value`, model);
    if (Export) look(Export.Name, `/Outputs/${key}/Export/Name`, model);
  }
}

function look(value: Json, path: string, model: Model): void {
  const call = intrinsic(value);
  if (call?.[0] === 'Fn::GetAtt') checkOne(call[1], `${path}/Fn::GetAtt`, model);
  else if (call?.[0] === 'Fn::If') {
    const [condition, whenTrue, whenFalse] = call[1] as [string, Json, Json];
    look(model.holds(condition) ? whenTrue : whenFalse, `${path}/Fn::If`, model);
  } else if (Array.isArray(value)) for (const [index, item] of value.entries()) look(item, `${path}/${index}`, model);
  else if (isObject(value)) for (const [key, item] of Object.entries(value)) look(item, `${path}/${key}`, model);
}

function checkOne(argument: Json, path: string, { resources, schemas }: Model): void {
  const [target, attribute] = getAttParts(argument);
  const type = resources.get(target as string)?.Type;
  const schema = type === undefined ? undefined : schemas.get(type);
  if (!type || !schema || OPEN.test(type) || typeof attribute !== 'string') return;
  const [first] = attribute.split('.');
  if (attribute in schema.attributes || first! in schema.attributes || first! in schema.properties) return;
  if (Object.keys(schema.attributes).some((name) => name.startsWith(`${attribute}.`))) return;
  throw invalid(`[Error] ${path}: Resource type ${type} does not support attribute {${attribute}}`);
}
