import type { JsonSchema } from './field-schema.ts';

/** What a setting takes, in words: `a whole number from 1 to 65535`. */
export function takes(schema: JsonSchema): string {
  const options = schema.anyOf ?? schema.oneOf;
  if (options)
    return listed([
      ...new Set(
        options.flatMap((option) =>
          option.enum && option.enum.length <= 8 ? option.enum.map(literal) : [takes(option)],
        ),
      ),
    ]);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum)
    return schema.enum.length > 8 ? `one of ${schema.enum.map(literal).join(', ')}` : listed(schema.enum.map(literal));
  if (schema.patternErrorMessage) return schema.patternErrorMessage;
  switch (schema.type) {
    case 'integer':
      return `a whole number${range(schema)}`;
    case 'number':
      return `a number${range(schema)}${schema.multipleOf === undefined ? '' : `, in steps of ${schema.multipleOf}`}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'nothing';
    case 'array':
      return `a list${schema.minItems ? ` of at least ${schema.minItems}` : ''}${schema.items ? ` (each ${takes(schema.items)})` : ''}`;
    case 'object':
      return mapOf(schema);
    default:
      return `text${length(schema)}`;
  }
}

export const literal = (value: unknown): string =>
  typeof value === 'string' && /^[\d.]+$|^$/.test(value) ? `"${value}"` : String(value);

export const listed = (words: readonly string[], conjunction = 'or'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;

function length({ minLength = 0, maxLength }: JsonSchema): string {
  if (minLength > 1) return ` of at least ${minLength} characters`;
  return maxLength === undefined ? '' : ` of at most ${maxLength} characters`;
}

function mapOf({ properties, propertyNames, additionalProperties }: JsonSchema): string {
  if (properties) return `a map with ${Object.keys(properties).join(', ')}`;
  const keys = propertyNames ? ` under ${takes(propertyNames)}` : '';
  return `a map${keys}${typeof additionalProperties === 'object' ? ` (each ${takes(additionalProperties)})` : ''}`;
}

function range({ minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1);
  if (least !== undefined) return maximum === undefined ? `, ${least} or more` : ` from ${least} to ${maximum}`;
  return maximum === undefined ? '' : ` up to ${maximum}`;
}
