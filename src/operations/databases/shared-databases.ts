import type { EffectiveEnvironment } from '../../config/project.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';

/** Databases of an environment that lie in the cluster of another one. */
export const sharedDatabases = ({ blocks }: Pick<EffectiveEnvironment, 'blocks'>): string[] =>
  Object.keys(blocks.databases).filter((name) => blocks.databases[name]!.engine === 'shared');

/** Why there is nothing to list of an environment's databases, and what to type instead. */
export function noDatabasesText(environment: EffectiveEnvironment): string {
  return (
    elsewhere(environment) ??
    `${environment.name} has no databases yet: platform deploy ${environmentFlags(environment)} creates those of platform.yaml`
  );
}

export function noSnapshotsText(environment: EffectiveEnvironment): string {
  return (
    elsewhere(environment) ??
    `${environment.name} has no snapshots: platform db snapshot <database> ${environmentFlags(environment)} takes one`
  );
}

/** Undefined where a database of its own is configured. */
function elsewhere(environment: EffectiveEnvironment): string | undefined {
  const names = Object.keys(environment.blocks.databases);
  const shared = sharedDatabases(environment);
  if (names.length === 0) return `platform.yaml configures no database for ${environment.name}`;
  if (shared.length < names.length) return undefined;
  const [first] = shared;
  return `${environment.name} has no server of its own: ${shared.map((name) => `databases.${name}`).join(', ')} lies in the cluster of another environment. platform db test ${first} ${environmentFlags(environment)} tries the way there`;
}
