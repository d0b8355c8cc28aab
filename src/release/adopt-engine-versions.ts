import type { Template } from './resolve-template.ts';

const ENGINES = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);

/** RDS takes no version back: a database that is newer today keeps its version in the template of an earlier release. */
export function adoptEngineVersions(stored: Template, live: Template): Template {
  const template = structuredClone(stored);
  for (const [id, resource] of Object.entries<Template>(template.Resources ?? {})) {
    const now = live.Resources?.[id];
    const version: unknown = now?.Properties?.EngineVersion;
    if (!ENGINES.has(resource.Type) || typeof version !== 'string') continue;
    const before: unknown = resource.Properties?.EngineVersion;
    if (typeof before === 'string' && isNewer(version, before)) resource.Properties.EngineVersion = version;
  }
  return template;
}

/** Numbers between dots: `16.10` is newer than `16.9`. */
function isNewer(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  for (let at = 0; at < Math.max(a!.length, b!.length); at += 1) {
    const difference = (a![at] ?? 0) - (b![at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
