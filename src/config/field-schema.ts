import { z } from 'zod';

export interface JsonSchema {
  [key: string]: unknown;
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  /** What editors show instead of the regular expression. */
  patternErrorMessage?: string;
}

/** The JSON Schema of what may be written, with the words of a failed pattern beside the pattern. */
export function fieldSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    /* The draft that editors for YAML know best. */
    target: 'draft-7',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      const words = patternWords(zodSchema as unknown as Described);
      if (words !== undefined) jsonSchema.patternErrorMessage = words;
    },
  }) as JsonSchema;
  return rest;
}

interface Described {
  _zod: {
    def: { error?: ErrorMap; checks?: { _zod: { def: { format?: string; check?: string; error?: ErrorMap } } }[] };
  };
}
type ErrorMap = (issue: never) => string | { message: string } | undefined;

function patternWords({ _zod: { def } }: Described): string | undefined {
  const errors = [def.error, ...(def.checks ?? []).map((check) => check._zod.def.error)];
  for (const error of errors) {
    const said = error?.({} as never);
    if (said !== undefined) return typeof said === 'string' ? said : said.message;
  }
  return undefined;
}
