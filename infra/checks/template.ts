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
  Mappings?: Record<string, Json>;
}

export type Severity = 'error' | 'warning';

/** What a template does not say of itself. */
export interface Facts {
  /** Of the environment: what is at stake. */
  kind: 'sandbox' | 'local' | 'dev' | 'staging' | 'prod';
  today: Date;
  /** The day from which a Lambda runtime is no longer patched. */
  runtimeEnds: Readonly<Record<string, string>>;
  /** Whether a text has the form that only credentials have. */
  holdsCredential(text: string): boolean;
}

export interface Finding {
  /** Logical id, or the name of a parameter. */
  id: string;
  message: string;
  /** When it differs from the rule's own. */
  severity?: Severity;
}

/** One promise about every template, looked at without asking anybody. */
export interface TemplateRule {
  /** Stable: waived by this name. */
  id: string;
  /** What holds when the rule is kept. */
  title: string;
  /** Kinds that are not named are not judged. */
  severity: Severity | Partial<Record<Facts['kind'], Severity>>;
  /** What to do about a finding. */
  remedy: string;
  /** Where AWS says why. */
  documentation: string;
  /** The rule of the configuration that says the same earlier; where it has spoken, this one is quiet. */
  same?: string;
  findings(template: Template, facts: Facts): Finding[];
}

export const PROD_ERROR: TemplateRule['severity'] = { prod: 'error' };
export const PROD_WARNING: TemplateRule['severity'] = { prod: 'warning' };

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

/** Statements of every policy document anywhere in a value. */
export const statementsOf = (document: Json): Json[] => listOf(document?.Statement);
