/** Template JSON; its shape is CloudFormation's and too open for types. */
// biome-ignore lint/suspicious/noExplicitAny: template JSON
export type Template = Record<string, any>;

/** A parameter value, or the place it will come from where only the deployment can tell. */
export type ParameterValue = string | { knownAfterApply: string };

/**
 * The template with the values of its parameters in place. A difference between templates alone is blind to a new
 * digest or subnet, because those are parameters: both sides are resolved before they are compared.
 */
export function resolveTemplate(template: Template, parameters: Readonly<Record<string, ParameterValue>>): Template {
  const { Parameters: declared = {}, ...rest } = template;
  const valueFor = (name: string): unknown => {
    const value = parameters[name] ?? declared[name]?.Default;
    if (value === undefined) return { Ref: name };
    return typeof value === 'object' && value !== null && 'knownAfterApply' in value
      ? { 'Known after apply': value.knownAfterApply }
      : split(value, declared[name]?.Type);
  };
  const isParameter = (name: string) => Object.hasOwn(declared, name);

  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const [[key, argument] = ['', undefined], ...others] = Object.entries(node);
    if (others.length === 0 && key === 'Ref' && typeof argument === 'string' && isParameter(argument))
      return valueFor(argument);
    if (others.length === 0 && key === 'Fn::Sub' && typeof argument === 'string')
      return substitute(argument, isParameter, valueFor);
    return collapse(Object.fromEntries(Object.entries(node).map(([name, value]) => [name, walk(value)])));
  };
  return walk(rest) as Template;
}

const split = (value: unknown, type: string | undefined): unknown =>
  typeof value === 'string' && (type === 'CommaDelimitedList' || type?.startsWith('List<'))
    ? value.split(',').map((part) => part.trim())
    : value;

/** `${Name}` of known parameters only; what stays unknown keeps the whole Fn::Sub, so that nothing is claimed. */
function substitute(
  text: string,
  isParameter: (name: string) => boolean,
  valueFor: (name: string) => unknown,
): unknown {
  let whole = true;
  const result = text.replace(/\$\{([A-Za-z0-9]+)\}/g, (match, name: string) => {
    const value = isParameter(name) ? valueFor(name) : undefined;
    if (typeof value === 'string') return value;
    whole = false;
    return typeof value === 'object' && value !== null && 'Known after apply' in value
      ? `\${Known after apply: ${value['Known after apply']}}`
      : match;
  });
  return whole && !result.includes('${') ? result : { 'Fn::Sub': result };
}

/** `Fn::Join` over plain strings and `Fn::Select` from a plain list are the same as their result. */
function collapse(node: Record<string, unknown>): unknown {
  const join = node['Fn::Join'];
  if (Array.isArray(join) && Array.isArray(join[1])) {
    const [separator, parts] = join as [string, unknown[]];
    if (parts.every((part) => typeof part === 'string')) return parts.join(separator);
    if (separator === '') return { 'Fn::Join': ['', mergeNeighbours(parts)] };
  }
  const select = node['Fn::Select'];
  if (Array.isArray(select) && Array.isArray(select[1]) && select[1][Number(select[0])] !== undefined)
    return select[1][Number(select[0])];
  return node;
}

const mergeNeighbours = (parts: unknown[]): unknown[] =>
  parts.reduce<unknown[]>((merged, part) => {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
    return merged;
  }, []);
