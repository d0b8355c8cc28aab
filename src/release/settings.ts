import type { OnDelete } from '../../infra/setting-values.ts';
import type { AppSettings, EnvironmentKind, NetworkSettings } from '../../infra/settings.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { apiSettings, authorizerFunctions } from './api-settings.ts';
import { bucketSettings, databaseSettings, queueSettings, secretSettings } from './data-settings.ts';
import { functionSettings } from './function-settings.ts';
import { observabilitySettings } from './observability-settings.ts';
import { oneOffSettings } from './one-off-settings.ts';
import { rotationFunctions } from './rotation-functions.ts';
import { serviceSettings } from './service-settings.ts';
import { edgeSettings, shownBuckets, siteSettings } from './site-settings.ts';

/** What an environment keeps once it is chosen, because choosing again would replace what stands on it. */
export interface Frozen {
  /** At least as many names as the configuration asks for, in their order. */
  availabilityZones: readonly string[];
  /** Exact engine versions by database; absent: as configured. */
  databaseVersions?: Readonly<Record<string, string>>;
  /** Which secret CloudFront sends to the load balancer; absent: the first. */
  originVerify?: number;
}

export interface SettingsInput {
  project: string;
  environment: EffectiveEnvironment;
  account: string;
  frozen: Frozen;
}

/** Kinds in which nothing is worth keeping. */
const TRIAL: ReadonlySet<EnvironmentKind> = new Set(['sandbox', 'local', 'dev']);

/** What infra builds of an environment's configuration. Pure; variables that it leaves out are listed by `unsetVariables`. */
export function appSettings({ project, environment, account, frozen }: SettingsInput): AppSettings {
  const { name, kind, region, tags, naming, blocks } = environment;
  const keep: OnDelete = TRIAL.has(kind) ? 'destroy' : 'retain';
  const names = { project, env: name, secret: naming.secret };
  const services = serviceSettings({ project, env: name, blocks });
  const oneOffs = oneOffSettings({ project, env: name, blocks });
  const shown = shownBuckets(blocks);

  return {
    project,
    environment: name,
    kind,
    account,
    region,
    tags,
    naming: { stack: naming.stack },
    bootstrap: blocks.bootstrap,
    protectStacks: keep === 'retain',
    network: networkSettings(environment, frozen, keep),
    databases: each(blocks.databases, (database, key) =>
      databaseSettings(key, database, { names, version: frozen.databaseVersions?.[key] }),
    ),
    secrets: each(blocks.secrets, (secret, key) => secretSettings(key, secret, { names, onDelete: keep })),
    buckets: each(blocks.buckets, (bucket, key) => bucketSettings(bucket, shown.has(key))),
    queues: each(blocks.queues, (queue, key) => queueSettings(key, queue, { blocks, deadLetters: keep })),
    buses: each(blocks.buses, (bus, key) => ({
      busName: bus.name ?? `${project}-${name}-${key}`,
      ...(bus.archiveDays === undefined ? {} : { archiveDays: bus.archiveDays }),
    })),
    repositories: repositorySettings({ ...services, ...oneOffs }, keep),
    services,
    oneOffs,
    functions: {
      ...functionSettings({ blocks }, keep),
      ...authorizerFunctions(blocks),
      ...rotationFunctions(blocks, keep),
    },
    apis: apiSettings({ blocks, project, env: name }, keep),
    sites: siteSettings(blocks, keep),
    edge: edgeSettings(blocks, frozen.originVerify ?? 0),
    observability: observabilitySettings(blocks, kind),
    sharing: blocks.shared,
    ...(Object.keys(blocks.overrides).length > 0 ? { overrides: blocks.overrides } : {}),
  };
}

const each = <T, U>(blocks: Readonly<Record<string, T>>, map: (block: T, name: string) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, map(block, name)]));

function networkSettings({ blocks }: EffectiveEnvironment, frozen: Frozen, onDelete: OnDelete): NetworkSettings {
  const { azs, existing, nat, endpoints, cidr, subnetMask, isolated, flowLogs } = blocks.network;
  const availabilityZones = Array.isArray(azs) ? azs : frozen.availabilityZones.slice(0, azs);
  if (blocks.shared.mode === 'consume') return { availabilityZones, source: { from: 'shared' }, tasks: 'private' };
  if (existing) {
    const { vpcId, publicSubnets, privateSubnets, isolatedSubnets } = existing;
    return {
      availabilityZones,
      source: {
        from: 'existing',
        vpcId,
        publicSubnetIds: publicSubnets,
        privateSubnetIds: privateSubnets,
        isolatedSubnetIds: isolatedSubnets,
      },
      tasks: 'private',
    };
  }
  return {
    availabilityZones,
    source: {
      from: 'created',
      cidr,
      subnetMask,
      isolated,
      nat:
        nat === 'none' || nat === 'instance'
          ? { kind: nat }
          : { kind: 'gateways', count: Math.min(nat.gateways, availabilityZones.length) },
      endpoints,
      flowLogs: flowLogs && { retentionDays: blocks.observability.logRetentionDays, onDelete },
    },
    // Without NAT and without endpoints a public address is the only way to the image and the secrets (F-45).
    tasks: nat === 'none' && endpoints.length === 0 ? 'public' : 'private',
  };
}

/** One repository for all components that name it. */
function repositorySettings(
  components: Readonly<Record<string, { repository: string }>>,
  onDelete: OnDelete,
): AppSettings['repositories'] {
  const repositories: Record<string, AppSettings['repositories'][string]> = {};
  for (const [name, { repository }] of Object.entries(components)) {
    const services = [...(repositories[repository]?.services ?? []), name];
    repositories[repository] = { services, expireUntaggedDays: 30, onDelete };
  }
  return repositories;
}
