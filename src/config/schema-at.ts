import type { z } from 'zod';
import { isPlain } from './merge.ts';
import type { ValuePath } from './value-path.ts';

interface Definition {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  shape?: Record<string, z.ZodType>;
  keyType?: z.ZodType;
  valueType?: z.ZodType;
  element?: z.ZodType;
  options?: z.ZodType[];
  discriminator?: string;
  entries?: Record<string, string>;
}

/* zod's public types do not say what a schema consists of; `_zod.def` is its documented way for libraries to find out. */
const definition = (schema: z.ZodType) => (schema as unknown as { _zod: { def: Definition } })._zod.def;

/** The schema without what wraps it: optional, default, transformation. */
export function bare(schema: z.ZodType): z.ZodType {
  const { innerType, in: input } = definition(schema);
  const inside = innerType ?? input;
  return inside ? bare(inside) : schema;
}

/** What may stand at a path of the value: several where a union leaves it open, none where nothing may. */
export function schemasAt(schema: z.ZodType, path: ValuePath, value: unknown): z.ZodType[] {
  const here = bare(schema);
  const { type, shape, valueType, element } = definition(here);
  if (type === 'union' && path.length > 0)
    return optionsFor(here, value).flatMap((option) => schemasAt(option, path, value));
  const [step, ...rest] = path;
  if (step === undefined) return [schema];
  const next = shape ? (Object.hasOwn(shape, step) ? shape[step] : undefined) : (valueType ?? element);
  const inside =
    (isPlain(value) || Array.isArray(value)) && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined;
  return next ? schemasAt(next, rest, inside) : [];
}

/** The options of a union that a value of this form can have meant. */
export function optionsFor(union: z.ZodType, value: unknown): z.ZodType[] {
  const { options = [], discriminator } = definition(bare(union));
  const chosen = discriminator === undefined || !isPlain(value) ? undefined : value[discriminator];
  const fitting = options.filter((option) => {
    const { type, shape } = definition(bare(option));
    if (discriminator !== undefined && shape && chosen !== undefined)
      return shape[discriminator]?.safeParse(chosen).success;
    if (isPlain(value)) return type === 'object' || type === 'record';
    return Array.isArray(value) ? type === 'array' : type !== 'object' && type !== 'record' && type !== 'array';
  });
  return fitting.length > 0 ? fitting : options;
}

/** The keys that a map at this place may have; undefined where any key goes. */
export function keysOf(schema: z.ZodType, value?: unknown): string[] | undefined {
  const here = bare(schema);
  const { type, shape, keyType } = definition(here);
  if (type === 'union') return [...new Set(optionsFor(here, value).flatMap((option) => keysOf(option, value) ?? []))];
  const choices = keyType && definition(bare(keyType)).entries;
  return choices ? Object.values(choices) : shape && Object.keys(shape);
}
