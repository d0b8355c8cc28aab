/**
 * What Fargate's agent, a Go program, says when it looks for a key in a secret's text; undefined when the key is there.
 */
export function keyRefusal(text: string, key: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return syntaxError(text);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `json: cannot unmarshal ${kindOf(value)} into Go value of type map[string]interface {}`;
  return key in value ? undefined : `retrieved secret from Secrets Manager did not contain json key ${key}`;
}

/** Go's encoding/json names the first character that cannot begin a value; deeper errors it describes by place. */
function syntaxError(text: string): string {
  const first = text.trimStart()[0];
  if (first === undefined) return 'unexpected end of JSON input';
  if (!'{["-0123456789tfn'.includes(first)) return `invalid character '${first}' looking for beginning of value`;
  const literal = { t: 'true', f: 'false', n: 'null' }[first];
  if (literal) {
    const wrong = [...literal].findIndex((letter, index) => text.trimStart()[index] !== letter);
    const found = text.trimStart()[wrong];
    return found === undefined
      ? 'unexpected end of JSON input'
      : `invalid character '${found}' in literal ${literal} (expecting '${literal[wrong]}')`;
  }
  const after = /^-?\d+(?:\.\d+)?\s*(\S)/.exec(text.trimStart())?.[1];
  return after ? `invalid character '${after}' after top-level value` : 'unexpected end of JSON input';
}

const kindOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value === 'boolean' ? 'bool' : typeof value;
