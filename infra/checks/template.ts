// biome-ignore lint/suspicious/noExplicitAny: template JSON
export type Json = any;

export interface Resource {
  Type: string;
  Properties?: Record<string, Json>;
  Metadata?: Record<string, Json>;
  DeletionPolicy?: string;
}

export interface Template {
  Resources?: Record<string, Resource>;
  Parameters?: Record<string, Record<string, Json>>;
  Outputs?: Record<string, Json>;
}

export interface Finding {
  /** Logical id, or the name of a parameter. */
  id: string;
  message: string;
}

/** One promise about every template, looked at without asking anybody. */
export interface TemplateRule {
  /** Stable: waived by this name. */
  id: string;
  severity: 'error' | 'warning';
  /** What to do about a finding. */
  remedy: string;
  findings(template: Template): Finding[];
}

export const ofType = (template: Template, ...types: readonly string[]): [string, Record<string, Json>][] =>
  Object.entries(template.Resources ?? {}).flatMap(([id, { Type, Properties }]) =>
    types.includes(Type) ? [[id, Properties ?? {}] as [string, Record<string, Json>]] : [],
  );

/** A single value and a list of one are the same in many places of a template. */
export const listOf = (value: Json): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** All texts in a value, those inside functions among them. */
export function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Whether a value speaks of a resource by Ref or GetAtt. */
export function mentions(value: Json, id: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value.Ref === id) return true;
  const attribute = value['Fn::GetAtt'];
  if (attribute && (Array.isArray(attribute) ? attribute[0] : String(attribute).split('.')[0]) === id) return true;
  return Object.values(value).some((inner) => mentions(inner, id));
}
