/** Properties as the API takes them: templates may write truths and numbers as text. */
export function typed(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => typed(each));
  if (value === 'true' || value === 'false') return value === 'true';
  if (typeof value === 'string' && /(?:Length|Validity|Days|Priority|Precedence)$/.test(name))
    return asNumber(value, name);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typed(each, key)]));
}

/** Bounds of attributes are text in the API too. */
const asNumber = (value: string, name: string): string | number =>
  /^(?:MinLength|MaxLength)$/.test(name) || !/^\d+$/.test(value) ? value : Number(value);
