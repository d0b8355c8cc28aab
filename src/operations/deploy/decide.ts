import type { Aws } from '../../aws/aws.ts';
import type { EffectiveEnvironment } from '../../config/project.ts';
import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { engineVersion } from '../../domain/engine-version.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { findDatabases } from '../databases/find-databases.ts';

/** What configuration leaves open and AWS has to say. Chosen once, then kept: choosing again would replace things. */
export type Decisions = Pick<EnvironmentState, 'availabilityZones' | 'engineVersions'> & {
  /** What a person should know of them. */
  notices: string[];
};

export async function decide(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  state: EnvironmentState,
): Promise<Decisions> {
  const { aws, environment } = session;
  const [availabilityZones, versions] = await Promise.all([
    decideZones(aws, environment, state.availabilityZones),
    decideVersions(session, state),
  ]);
  return { availabilityZones, ...versions };
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

/** `16` becomes the newest 16.x that RDS offers; an exact version must be offered; what runs is never taken back (F-75). */
async function decideVersions(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  state: EnvironmentState,
): Promise<Pick<Decisions, 'engineVersions' | 'notices'>> {
  const { aws, environment } = session;
  const databases = Object.entries(environment.blocks.databases);
  const live = new Map<string, string | undefined>();
  if (databases.some(([, { engine }]) => engine !== 'shared')) {
    const found = await findDatabases(session, state);
    for (const { name, live: one } of found) {
      const isSame = (environment.blocks.databases[name]?.engine === 'aurora-postgres') === (one.cluster !== undefined);
      if (isSame) live.set(name, (one.cluster ?? one.instance).EngineVersion);
    }
  }
  const notices: string[] = [];
  const decided = await Promise.all(
    databases.map(async ([name, { engine, version: configured }]): Promise<[string, string]> => {
      if (engine === 'shared') return [name, configured];
      const api = engine === 'aurora-postgres' ? 'aurora-postgresql' : 'postgres';
      const offered = () => aws.rds.engineVersions(api, configured);
      const running = live.get(name);
      const answer = await engineVersion({ configured, kept: state.engineVersions[name], live: running, offered });
      if ('problem' in answer) {
        if (answer.problem === 'major-is-newer') throw majorIsNewer(name, configured, running!);
        throw versionNotOffered(
          name,
          configured,
          aws.region,
          await aws.rds.engineVersions(api, configured.split('.')[0]!),
        );
      }
      if (answer.adopted) notices.push(adopted(name, configured, answer.version));
      return [name, answer.version];
    }),
  );
  return { engineVersions: Object.fromEntries(decided), notices };
}

const adopted = (name: string, configured: string, version: string): string =>
  `databases.${name} runs ${version}: AWS has upgraded it, and this deployment keeps that${configured.includes('.') ? `. Set databases.${name}.version to "${version}"` : ''}`;

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

const versionNotOffered = (database: string, version: string, region: string, offered: readonly string[]) => {
  const remedy = `set databases.${database}.version to a major version such as "16", and the newest one offered is taken`;
  return new PlatformError({
    id: 'engine-version-not-offered',
    kind: 'failed',
    message: `RDS offers no version ${version} for databases.${database} in ${region} (F-75)`,
    remedy,
    details: {
      causes: [
        {
          id: 'F-75',
          subject: `databases.${database}`,
          what: `RDS offers no version ${version} in ${region}`,
          certainty: 'certain',
          evidence: [
            evidenceOf(
              'rds:DescribeDBEngineVersions',
              'DBEngineVersions[].EngineVersion',
              offered.join(', ') || `none for ${version}`,
            ),
          ],
          remedy,
        },
      ],
    },
  });
};

const majorIsNewer = (database: string, configured: string, live: string) =>
  new PlatformError({
    id: 'engine-version-newer',
    kind: 'failed',
    message: `databases.${database} runs ${live}, and platform.yaml asks for ${configured}: RDS does not go back to an older major version`,
    remedy: `set databases.${database}.version to "${live.split('.')[0]}"; the way back is platform db restore, beside this database`,
  });
