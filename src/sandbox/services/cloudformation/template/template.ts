/** A template after parsing: plain JSON, intrinsic functions in their long form. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface ParameterDeclaration {
  Type: string;
  Default?: string | number | boolean | (string | number)[];
  Description?: string;
  NoEcho?: boolean | string;
  AllowedValues?: (string | number | boolean)[];
  AllowedPattern?: string;
  ConstraintDescription?: string;
  MinLength?: number | string;
  MaxLength?: number | string;
  MinValue?: number | string;
  MaxValue?: number | string;
}

export interface ResourceDeclaration {
  Type: string;
  Properties?: JsonObject;
  Condition?: string;
  DependsOn?: string | string[];
  DeletionPolicy?: Json;
  UpdateReplacePolicy?: Json;
  Metadata?: JsonObject;
  UpdatePolicy?: JsonObject;
  CreationPolicy?: JsonObject;
}

export interface OutputDeclaration {
  Value: Json;
  Description?: string;
  Condition?: string;
  Export?: { Name: Json };
}

export interface Template {
  AWSTemplateFormatVersion?: string;
  Description?: string;
  Metadata?: JsonObject;
  Parameters?: Record<string, ParameterDeclaration>;
  Mappings?: Record<string, Record<string, Record<string, Json>>>;
  Conditions?: Record<string, Json>;
  Rules?: Record<string, Json>;
  Transform?: Json;
  Hooks?: JsonObject;
  Resources: Record<string, ResourceDeclaration>;
  Outputs?: Record<string, OutputDeclaration>;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The one key of an intrinsic function call and its argument; undefined for everything else. */
export function intrinsic(value: unknown): [name: string, argument: Json] | undefined {
  if (!isObject(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.length !== 1) return undefined;
  const [key] = keys as [string];
  return key === 'Ref' || key.startsWith('Fn::') || (key === 'Condition' && typeof value[key] === 'string')
    ? [key, value[key]!]
    : undefined;
}

/** Deterministic text of a value, whatever order its keys were written in. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    isObject(child) ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1))) : child,
  );
}

export const sameValue = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);
