/**
 * Templates of API Gateway for transformed requests and answers (S4-30): objects of named values, each taken from one
 * place. Only `$input.json`, `$input.params`, `$context` and one way of escaping stand in them, so that what they do can
 * be told from the configuration.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function mappingTemplate(values: Readonly<Record<string, string>>): string {
  const members = Object.entries(values).map(([name, source]) => `  ${JSON.stringify(name)}: ${expressionOf(source)}`);
  return `{\n${members.join(',\n')}\n}`;
}

function expressionOf(source: string): string {
  const [, text] = /^'(.*)'$/s.exec(source) ?? [];
  if (text !== undefined) return JSON.stringify(text);
  const cut = source.indexOf('.');
  const [place, name] = cut === -1 ? [source, ''] : [source.slice(0, cut), source.slice(cut + 1)];
  switch (place) {
    case 'body':
    case 'answer':
      return `$input.json('$${name === '' ? '' : `.${name}`}')`;
    case 'path':
    case 'query':
    case 'header':
      // API Gateway looks in path, query and headers, in this order; a rule keeps names apart.
      return escaped(`$input.params('${name}')`);
    case 'authorizer':
      return escaped(`$context.authorizer.${name}`);
    default:
      return escaped(`$context.${name}`);
  }
}

/** As its reference says: the escaping is that of JavaScript, whose quotes JSON does not take. */
const escaped = (expression: string): string => `"$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")"`;
