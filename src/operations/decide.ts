import type { Aws } from '../aws/aws.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { EnvironmentState } from '../release/environment-state.ts';

/** What configuration leaves open and AWS has to say. Chosen once, then kept: choosing again would replace things. */
export type Decisions = Pick<EnvironmentState, 'availabilityZones' | 'engineVersions'>;

export async function decide(aws: Aws, environment: EffectiveEnvironment, state: EnvironmentState): Promise<Decisions> {
  const [availabilityZones, engineVersions] = await Promise.all([
    decideZones(aws, environment, state.availabilityZones),
    decideVersions(aws, environment, state.engineVersions),
  ]);
  return { availabilityZones, engineVersions };
}

/** Zones in force stay where they are and more are appended: subnets follow their order (F-12). */
async function decideZones(aws: Aws, { blocks }: EffectiveEnvironment, kept: readonly string[]): Promise<string[]> {
  const { azs } = blocks.network;
  const wanted = Array.isArray(azs) ? azs.length : azs;
  if (Array.isArray(azs)) {
    const moved = kept.find((zone, index) => azs[index] !== undefined && azs[index] !== zone);
    if (moved) throw zonesMoved(kept, azs);
    return [...azs];
  }
  if (kept.length >= wanted) return kept.slice(0, wanted);
  const offered = (await aws.ec2.availabilityZones()).filter((zone) => !kept.includes(zone));
  const zones = [...kept, ...offered].slice(0, wanted);
  if (zones.length < wanted) throw tooFewZones(aws.region, zones.length, wanted);
  return zones;
}

/** `16` becomes the newest 16.x that RDS offers; an exact version must be offered (F-75). */
async function decideVersions(aws: Aws, { blocks }: EffectiveEnvironment, kept: Readonly<Record<string, string>>) {
  const decided = await Promise.all(
    Object.entries(blocks.databases).map(async ([name, { engine, version }]): Promise<[string, string]> => {
      if (engine === 'shared') return [name, version];
      const before = kept[name];
      if (before && (before === version || before.startsWith(`${version}.`))) return [name, before];
      const offered = await aws.rds.engineVersions(
        engine === 'aurora-postgres' ? 'aurora-postgresql' : 'postgres',
        version,
      );
      const newest = offered.at(-1);
      if (!newest) throw versionNotOffered(name, version, aws.region);
      return [name, newest];
    }),
  );
  return Object.fromEntries(decided);
}

const zonesMoved = (kept: readonly string[], wanted: readonly string[]) =>
  new PlatformError({
    id: 'zones-moved',
    kind: 'failed',
    message: `network.azs says ${wanted.join(', ')}, but the subnets stand in ${kept.join(', ')}: that would replace them (F-12)`,
    remedy: `set network.azs to [${kept.join(', ')}], with new zones at the end`,
  });

const tooFewZones = (region: string, offered: number, wanted: number) =>
  new PlatformError({
    id: 'zones-too-few',
    kind: 'failed',
    message: `${region} offers ${offered} availability zones to this account, network.azs wants ${wanted}`,
    remedy: `set network.azs to ${offered}, or choose another region`,
  });

const versionNotOffered = (database: string, version: string, region: string) =>
  new PlatformError({
    id: 'engine-version-not-offered',
    kind: 'failed',
    message: `RDS offers no version ${version} for databases.${database} in ${region} (F-75)`,
    remedy: `set databases.${database}.version to a major version such as "16", and the newest one offered is taken`,
  });
