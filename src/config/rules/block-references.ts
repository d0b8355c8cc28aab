import type { Blocks } from '../blocks.ts';
import type { Referable } from '../fields.ts';
import type { ValuePath } from '../value-path.ts';

export interface BlockReference {
  path: ValuePath;
  /** `db.main` or `secret.app#KEY`. */
  text: string;
  /** What may be named there. */
  allowed: readonly Referable[];
}

/** What a component can be granted and injected. */
const USABLE = ['db', 'queue', 'bus', 'bucket', 'secret'] as const;

/** Every place where one block names another. */
export function* blockReferences(blocks: Blocks): Iterable<BlockReference> {
  const uses = (path: ValuePath, list: readonly string[]) =>
    list.map((text, index): BlockReference => ({ path: [...path, 'uses', index], text, allowed: USABLE }));

  for (const [name, { uses: list, trigger }] of Object.entries(blocks.functions)) {
    yield* uses(['functions', name], list);
    if (trigger?.on === 'queue')
      yield { path: ['functions', name, 'trigger', 'queue'], text: trigger.queue, allowed: ['queue'] };
    if (trigger?.on === 'bus')
      yield { path: ['functions', name, 'trigger', 'bus'], text: trigger.bus, allowed: ['bus'] };
  }
  for (const [name, { uses: list, secrets, sidecars }] of Object.entries(blocks.services)) {
    yield* uses(['services', name], list);
    for (const [variable, text] of Object.entries(secrets))
      yield { path: ['services', name, 'secrets', variable], text, allowed: ['secret'] };
    for (const [sidecar, { secrets: given }] of Object.entries(sidecars))
      for (const [variable, text] of Object.entries(given))
        yield { path: ['services', name, 'sidecars', sidecar, 'secrets', variable], text, allowed: ['secret'] };
  }
  for (const [name, { handler, authorizer, routes }] of Object.entries(blocks.apis)) {
    yield { path: ['apis', name, 'handler'], text: handler, allowed: ['fn'] };
    for (const [key, route] of Object.entries(routes))
      if (route.handler) yield { path: ['apis', name, 'routes', key, 'handler'], text: route.handler, allowed: ['fn'] };
    if (authorizer.kind === 'jwt-lambda')
      yield { path: ['apis', name, 'authorizer', 'secret'], text: authorizer.secret, allowed: ['secret'] };
  }
  for (const [name, site] of Object.entries(blocks.sites)) {
    if (site.kind === 'next') yield* uses(['sites', name], site.uses);
    if (site.kind === 'media') yield { path: ['sites', name, 'bucket'], text: site.bucket, allowed: ['bucket'] };
    if (site.kind === 'spa')
      for (const [pattern, text] of Object.entries(site.apiPaths))
        yield { path: ['sites', name, 'apiPaths', pattern], text, allowed: ['service', 'api'] };
  }
  if (blocks.migrations?.run) yield { path: ['migrations', 'run'], text: blocks.migrations.run, allowed: ['service'] };
  if (blocks.migrations) yield* uses(['migrations'], blocks.migrations.uses);
}

const BLOCK_OF = {
  db: 'databases',
  secret: 'secrets',
  queue: 'queues',
  bus: 'buses',
  bucket: 'buckets',
  service: 'services',
  fn: 'functions',
  api: 'apis',
  site: 'sites',
} as const;

/** The blocks that `db.` and the like point into. */
export const blocksOfType = (blocks: Blocks, type: Referable): Readonly<Record<string, unknown>> =>
  blocks[BLOCK_OF[type]];
export const blockName = (type: Referable): string => BLOCK_OF[type];
