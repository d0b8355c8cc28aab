/** What `${…}` in a text may mean, by the moment in which it gets its value. */
export type TextReference =
  | { resolved: 'load'; name: LoadName }
  | { resolved: 'deploy'; type: DeployType; block: string; attribute: string }
  | { resolved: 'build'; variable: string; optional: boolean }
  /** Nothing that platform knows: a mistake, or a variable of a shell. */
  | { resolved: 'never'; expression: string };

export type TextPart = { text: string } | { reference: TextReference; source: string };

export const LOAD_NAMES = ['project', 'title', 'env.name', 'env.kind', 'env.region', 'env.account'] as const;
export type LoadName = (typeof LOAD_NAMES)[number];

/** What a deployment knows of each type of block. */
export const DEPLOY_ATTRIBUTES = {
  site: ['url', 'host'],
  service: ['domain', 'albHost', 'url'],
  api: ['url'],
  bucket: ['name'],
  queue: ['url'],
  bus: ['name'],
  db: ['host', 'port', 'name'],
} as const satisfies Record<string, readonly string[]>;
export type DeployType = keyof typeof DEPLOY_ATTRIBUTES;

/**
 * Splits a text at its references. `$${` stands for the characters `${`.
 * Never throws: what is not understood comes back as a reference that is `never` resolved.
 */
export function parseReferences(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let literal = '';
  let position = 0;
  while (position < text.length) {
    if (text.startsWith('$${', position)) {
      literal += '${';
      position += 3;
    } else if (text.startsWith('${', position)) {
      const end = text.indexOf('}', position);
      const source = end < 0 ? text.slice(position) : text.slice(position, end + 1);
      if (literal !== '') parts.push({ text: literal });
      literal = '';
      parts.push({
        reference: end < 0 ? { resolved: 'never', expression: source.slice(2) } : understand(source.slice(2, -1)),
        source,
      });
      position += source.length;
    } else {
      const next = text.indexOf('$', position + 1);
      literal += text.slice(position, next < 0 ? undefined : next);
      position = next < 0 ? text.length : next;
    }
  }
  if (literal !== '') parts.push({ text: literal });
  return parts;
}

/** The reverse of `parseReferences`. */
export const formatReferences = (parts: readonly TextPart[]): string =>
  parts.map((part) => ('text' in part ? escapeReferences(part.text) : part.source)).join('');

export const escapeReferences = (text: string): string => text.replaceAll('${', () => '$${');

function understand(expression: string): TextReference {
  if ((LOAD_NAMES as readonly string[]).includes(expression)) return { resolved: 'load', name: expression as LoadName };

  const build = /^ci\.([A-Za-z_][A-Za-z0-9_]*)(\?)?$/.exec(expression);
  if (build) return { resolved: 'build', variable: build[1]!, optional: build[2] === '?' };

  const deploy = /^([a-z]+)\.([a-z][a-z0-9-]{0,30})\.([A-Za-z]+)$/.exec(expression);
  const [, type, block, attribute] = deploy ?? [];
  if (type && block && attribute && Object.hasOwn(DEPLOY_ATTRIBUTES, type)) {
    const known: readonly string[] = DEPLOY_ATTRIBUTES[type as DeployType];
    if (known.includes(attribute)) return { resolved: 'deploy', type: type as DeployType, block, attribute };
  }
  return { resolved: 'never', expression };
}
