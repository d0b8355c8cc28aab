import { intrinsic, isObject, type Json } from './template.ts';

export interface Reference {
  /** `GetAtt` names an attribute, `Ref` does not. */
  attribute?: string;
  target: string;
}

/** Answers whether a condition holds; undefined when both branches of `Fn::If` are to be looked at. */
export type Chooser = ((condition: string) => boolean) | undefined;

/** Everything that a value refers to: parameters, pseudo parameters and resources alike. */
export function referencesIn(value: Json | undefined, choose?: Chooser): Reference[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(item, choose));
  if (!isObject(value)) return [];
  const call = intrinsic(value);
  if (!call) return Object.values(value).flatMap((item) => referencesIn(item, choose));
  const [name, argument] = call;
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? [{ target: argument }] : referencesIn(argument, choose);
    case 'Condition':
      return [];
    case 'Fn::GetAtt':
      return attributeReference(argument, choose);
    case 'Fn::Sub':
      return substitutionReferences(argument, choose);
    case 'Fn::If':
      return branchReferences(argument, choose);
    default:
      return referencesIn(argument, choose);
  }
}

function attributeReference(argument: Json, choose: Chooser): Reference[] {
  const [target, attribute] = getAttParts(argument);
  if (typeof target !== 'string') return referencesIn(argument, choose);
  return typeof attribute === 'string'
    ? [{ target, attribute }]
    : [{ target, attribute: '' }, ...referencesIn(attribute, choose)];
}

/** Both spellings, `["A", "B.C"]` and `"A.B.C"`, as resource and attribute. */
export function getAttParts(argument: Json): [target: Json | undefined, attribute: Json | undefined] {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return dot < 0 ? [argument, undefined] : [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  if (!Array.isArray(argument)) return [undefined, undefined];
  const [target, ...attribute] = argument;
  return [target, attribute.length > 1 ? attribute.join('.') : attribute[0]];
}

/** `${Name}` and `${Name.Attribute}`, but not `${!literal}`. */
export function substitutions(text: string): string[] {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name!.trim());
}

function substitutionReferences(argument: Json, choose: Chooser): Reference[] {
  const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
  const own = isObject(values) ? values : {};
  if (typeof text !== 'string') return referencesIn(argument, choose);
  const named = substitutions(text)
    .filter((name) => !(name in own))
    .map((name): Reference => {
      const dot = name.indexOf('.');
      return dot < 0 ? { target: name } : { target: name.slice(0, dot), attribute: name.slice(dot + 1) };
    });
  return [...named, ...Object.values(own).flatMap((value) => referencesIn(value, choose))];
}

function branchReferences(argument: Json, choose: Chooser): Reference[] {
  if (!Array.isArray(argument) || argument.length !== 3) return referencesIn(argument, choose);
  const [condition, whenTrue, whenFalse] = argument as [Json, Json, Json];
  if (!choose || typeof condition !== 'string') return referencesIn([whenTrue, whenFalse], choose);
  return referencesIn(choose(condition) ? whenTrue : whenFalse, choose);
}

/** Calls back for every intrinsic function call, outermost first. */
export function eachIntrinsic(value: Json | undefined, visit: (name: string, argument: Json) => void): void {
  const call = intrinsic(value);
  if (call) visit(...call);
  if (Array.isArray(value)) for (const item of value) eachIntrinsic(item, visit);
  else if (isObject(value)) for (const item of Object.values(value)) eachIntrinsic(item, visit);
}
