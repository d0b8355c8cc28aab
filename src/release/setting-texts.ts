import type { SecretKey, Text, Use } from '../../infra/setting-values.ts';
import type { Blocks } from '../config/blocks.ts';
import { parseReferences, type TextReference } from '../config/references.ts';
import { isTls, listenerPorts } from './listener-ports.ts';

/**
 * A text of the configuration in parts; undefined when it speaks of an address that AWS gives only later. That of an API
 * without a domain of its own is known to functions alone: they are made with it, and containers before it.
 */
export function textOf(
  text: string,
  blocks: Blocks,
  { ofFunction = false }: { ofFunction?: boolean } = {},
): Text | undefined {
  const parts: Text[number][] = [];
  for (const part of parseReferences(text)) {
    // What a build resolves, or nobody, is left as it stands.
    const found =
      'text' in part
        ? [part.text]
        : part.reference.resolved === 'deploy'
          ? referred(part.reference, blocks, ofFunction)
          : [part.source];
    if (!found) return undefined;
    parts.push(...found);
  }
  return parts;
}

type Deploy = Extract<TextReference, { resolved: 'deploy' }>;

function referred({ type, block: name, attribute }: Deploy, blocks: Blocks, ofFunction: boolean): Text | undefined {
  switch (type) {
    case 'bucket':
      return [{ of: 'bucket-name', name }];
    case 'queue':
      return [{ of: 'queue-url', name }];
    case 'bus':
      return [{ of: 'bus-name', name }];
    case 'db':
      if (attribute === 'host') return [{ of: 'database-host', name }];
      return [attribute === 'port' ? '5432' : (blocks.databases[name]?.databaseName ?? '')];
    case 'service':
      return serviceText(name, attribute, blocks);
    case 'site': {
      const domain = blocks.sites[name]?.domain;
      return domain ? [attribute === 'url' ? `https://${domain}` : domain] : undefined;
    }
    case 'api': {
      const domain = blocks.apis[name]?.domain;
      if (domain) return [`https://${domain}`];
      return ofFunction ? [{ of: 'api-url', name }] : undefined;
    }
  }
}

function serviceText(name: string, attribute: string, blocks: Blocks): Text {
  const http = blocks.services[name]?.http;
  const host: Text[number] = attribute === 'albHost' || !http?.domain ? { of: 'alb-host' } : http.domain;
  if (attribute !== 'url') return [host];
  if (http && isTls(http)) return ['https://', host];
  const port = listenerPorts(blocks).get(name) ?? 80;
  return ['http://', host, ...(port === 80 ? [] : [`:${port}`])];
}

const KINDS: Record<string, Use['kind']> = {
  db: 'database',
  queue: 'queue',
  bus: 'bus',
  bucket: 'bucket',
  secret: 'secret',
};

/** `db.main` and its like; what a container cannot use (a function, a site) is no use of ours. */
export const usesOf = (references: readonly string[]): Use[] =>
  references.flatMap((reference) => {
    const [type = '', name = ''] = reference.split('.');
    const kind = KINDS[type];
    return kind ? [{ kind, name }] : [];
  });

/** Variables from secrets: `API_KEY: secret.app#API_KEY`. The load has written `"*"` out already. */
export const secretKeysOf = (secrets: Readonly<Record<string, string>>): Record<string, SecretKey> =>
  Object.fromEntries(
    Object.entries(secrets).map(([variable, reference]) => {
      const [block = '', key = ''] = reference.split('#');
      return [variable, { from: 'secret', secret: block.replace(/^secret\./, ''), key }];
    }),
  );
