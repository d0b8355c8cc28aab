import { GatewayFault } from './gateway-answer.ts';

/** What a template may speak of. */
export interface TemplateScope {
  /** The body of the request, or of the function's answer. */
  body: string;
  /** Path, query and headers: the first that has a name wins. */
  params: readonly Readonly<Record<string, string | undefined>>[];
  context: Readonly<Record<string, unknown>>;
}

const VALUE = String.raw`\$input\.json\('([^']*)'\)|\$input\.params\('([^']*)'\)|\$input\.body|\$context\.([\w.]+)`;
const ESCAPED = new RegExp(String.raw`\$util\.escapeJavaScript\((?:${VALUE})\)(\.replaceAll\("\\\\'","'"\))?`, 'g');
const PLAIN = new RegExp(VALUE, 'g');

/**
 * `$input.json`, `$input.params`, `$input.body`, `$context`, and `$util.escapeJavaScript` of one of these, with the
 * replacement of its quotes that the reference wants for JSON. Anything else of the language is refused by name.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function renderTemplate(template: string, scope: TemplateScope): string {
  const values: string[] = [];
  // Values are set in last, so that nothing in them is taken for a part of the template.
  const keep = (value: string) => `\u0000${values.push(value) - 1}\u0000`;
  const held = template
    .replaceAll(ESCAPED, (_all, json, name, path, repaired) => {
      const text = escapeJavaScript(foundIn([json, name, path], scope));
      return keep(repaired ? text.replaceAll("\\'", "'") : text);
    })
    .replaceAll(PLAIN, (_all, json, name, path) => keep(foundIn([json, name, path], scope)));
  const [unknown] = /\$!?\{?[A-Za-z][\w.]*|#(?:set|if|else|elseif|end|foreach|#)/.exec(held) ?? [];
  if (unknown) throw notEvaluated(unknown);
  return held.replaceAll(/\u0000(\d+)\u0000/g, (_all, index: string) => values[Number(index)]!);
}

const notEvaluated = (what: string) =>
  new GatewayFault('API_CONFIGURATION_ERROR', `The sandbox does not evaluate ${what} in mapping templates`);

type Found = readonly [json: string | undefined, param: string | undefined, context: string | undefined];

function foundIn([json, param, context]: Found, { body, params, context: around }: TemplateScope): string {
  if (json !== undefined) return JSON.stringify(atPath(body, json)) ?? '""';
  if (param !== undefined) return params.find((one) => one[param] !== undefined)?.[param] ?? '';
  if (context === undefined) return body;
  const found = context
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], around);
  return found === undefined || found === null ? '' : String(found);
}

/** What is not there is the empty text in quotes. */
function atPath(body: string, path: string): unknown {
  const steps = [...path.slice(1).matchAll(/\.([\w-]+)|\['([^']+)'\]|\[(\d+)\]/g)];
  if (!path.startsWith('$') || steps.map(([all]) => all).join('') !== path.slice(1))
    throw notEvaluated(`the path ${path}`);
  if (body === '') return steps.length === 0 ? {} : undefined;
  try {
    return steps.reduce<unknown>(
      (at, [, name, quoted, index]) => (at as Record<string, unknown> | null | undefined)?.[name ?? quoted ?? index!],
      JSON.parse(body),
    );
  } catch {
    throw new GatewayFault('BAD_REQUEST_BODY');
  }
}

const escapeJavaScript = (text: string): string =>
  JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'").replaceAll('/', '\\/');
