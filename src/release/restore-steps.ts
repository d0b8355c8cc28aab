import { fitName } from '../../infra/names.ts';

/** Everything that the way of a restoration depends on. */
export interface RestoreSource {
  kind: 'cluster' | 'instance';
  /** In RDS. */
  id: string;
  region: string;
  engine: string;
  engineVersion: string;
  /** Of a cluster: those it has now, the writer first. Of an instance: itself. */
  instances: { id: string; class: string }[];
  subnetGroup: string;
  securityGroups: string[];
  parameterGroup: string;
  scaling?: { min: number; max: number };
  /** Name of the RDS Proxy before it. */
  proxy?: string;
  logExports: string[];
}

export type RestoreFrom = { at: Date } | { latest: true } | { snapshot: string };

export interface RestoreStep {
  title: string;
  /** To be pasted, one line each. */
  commands: string[];
  /** Of the application, while it is carried out. */
  downtime: boolean;
}

export const RESTORED = '-restored';
export const OLD = '-old';

/** RDS allows identifiers of 63 characters, and those that CloudFormation makes are nearly as long. */
export const beside = (id: string, suffix: string): string =>
  id.length + suffix.length <= 63 ? `${id}${suffix}` : `${fitName(id, 63 - suffix.length)}${suffix}`;

/**
 * A restoration beside the database, looked at, and put in its place by names: endpoints follow identifiers, so neither
 * the configuration nor a template changes, and the way back is the same exchange once more.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr.html
 */
export function restoreSteps(
  source: RestoreSource,
  from: RestoreFrom,
  name: string,
  environment: string,
): RestoreStep[] {
  const { id, kind, proxy } = source;
  const fresh = beside(id, RESTORED);
  return [
    {
      title: 'Keep today: a snapshot',
      commands: [`platform db snapshot ${name} --env ${environment} --wait`],
      downtime: false,
    },
    {
      title: `Restore beside it, as ${fresh}`,
      commands: [restoreCommand(source, from, fresh), ...membersCommands(source, fresh), waitCommand(source, fresh)],
      downtime: false,
    },
    {
      title: 'Look at it: its endpoint, and what it holds. The user and password are those of the moment restored',
      commands: [describeCommand(source, fresh)],
      downtime: false,
    },
    {
      title: `Put it in its place: the old one becomes ${beside(id, OLD)}, the restored one ${id}. The application is cut off for some minutes`,
      commands: exchange(source, OLD, RESTORED),
      downtime: true,
    },
    ...(proxy
      ? [
          {
            title: `Have the proxy ${proxy} follow`,
            commands: [
              aws(
                'deregister-db-proxy-targets',
                source.region,
                `--db-proxy-name ${proxy}`,
                `${targetOption(kind)} ${beside(id, OLD)}`,
              ),
              aws(
                'register-db-proxy-targets',
                source.region,
                `--db-proxy-name ${proxy}`,
                `${targetOption(kind)} ${id}`,
              ),
            ],
            downtime: true,
          },
        ]
      : []),
    {
      title: 'Prove it',
      commands: [
        `platform db test ${name} --env ${environment}`,
        `platform redeploy --env ${environment}`,
        `platform db status ${name} --env ${environment}`,
      ],
      downtime: false,
    },
  ];
}

/** The way back while the old one is there: the same exchange once more. */
export const wayBack = (source: RestoreSource): string[] => exchange(source, RESTORED, OLD);

/** In RDS's own order: members first, because a cluster's endpoint goes with its own name. */
function exchange({ kind, id, instances, region }: RestoreSource, away: string, comes: string): string[] {
  const rename = (from: string, to: string, what: 'cluster' | 'instance') =>
    aws(
      `modify-db-${what}`,
      region,
      `--db-${what}-identifier ${from}`,
      `--new-db-${what}-identifier ${to}`,
      '--apply-immediately',
    );
  const members = kind === 'cluster' ? instances.map((one) => one.id) : [];
  return [
    ...members.map((one) => rename(one, beside(one, away), 'instance')),
    rename(id, beside(id, away), kind),
    ...members.map((one) => rename(beside(one, comes), one, 'instance')),
    rename(beside(id, comes), id, kind),
  ];
}

function restoreCommand(source: RestoreSource, from: RestoreFrom, fresh: string): string {
  const { kind, id, region, engine, engineVersion, subnetGroup, securityGroups, parameterGroup, scaling, logExports } =
    source;
  const what = kind === 'cluster' ? 'db-cluster' : 'db-instance';
  const shared = [
    `--db-subnet-group-name ${subnetGroup}`,
    `--vpc-security-group-ids ${securityGroups.join(' ')}`,
    kind === 'cluster'
      ? `--db-cluster-parameter-group-name ${parameterGroup}`
      : `--db-parameter-group-name ${parameterGroup}`,
    ...(scaling ? [`--serverless-v2-scaling-configuration MinCapacity=${scaling.min},MaxCapacity=${scaling.max}`] : []),
    ...(logExports.length > 0 ? [`--enable-cloudwatch-logs-exports ${logExports.join(' ')}`] : []),
    '--deletion-protection',
    '--copy-tags-to-snapshot',
  ];
  if ('snapshot' in from)
    return kind === 'cluster'
      ? aws(
          'restore-db-cluster-from-snapshot',
          region,
          `--db-cluster-identifier ${fresh}`,
          `--snapshot-identifier ${from.snapshot}`,
          `--engine ${engine}`,
          `--engine-version ${engineVersion}`,
          ...shared,
        )
      : aws(
          'restore-db-instance-from-db-snapshot',
          region,
          `--db-instance-identifier ${fresh}`,
          `--db-snapshot-identifier ${from.snapshot}`,
          ...shared,
        );
  const moment =
    'at' in from
      ? `${kind === 'cluster' ? '--restore-to-time' : '--restore-time'} ${from.at.toISOString()}`
      : '--use-latest-restorable-time';
  return kind === 'cluster'
    ? aws(
        `restore-${what}-to-point-in-time`,
        region,
        `--source-db-cluster-identifier ${id}`,
        `--db-cluster-identifier ${fresh}`,
        moment,
        ...shared,
      )
    : aws(
        `restore-${what}-to-point-in-time`,
        region,
        `--source-db-instance-identifier ${id}`,
        `--target-db-instance-identifier ${fresh}`,
        moment,
        ...shared,
      );
}

/** A restored cluster has no instances: nothing answers before the first. */
const membersCommands = ({ kind, region, engine, instances }: RestoreSource, fresh: string): string[] =>
  kind === 'instance'
    ? []
    : instances.map((one) =>
        aws(
          'create-db-instance',
          region,
          `--db-instance-identifier ${beside(one.id, RESTORED)}`,
          `--db-cluster-identifier ${fresh}`,
          `--engine ${engine}`,
          `--db-instance-class ${one.class}`,
          '--no-publicly-accessible',
        ),
      );

const waitCommand = ({ kind, region, instances }: RestoreSource, fresh: string): string =>
  aws(
    'wait db-instance-available',
    region,
    `--db-instance-identifier ${kind === 'cluster' ? beside(instances[0]?.id ?? '', RESTORED) : fresh}`,
  );

const describeCommand = ({ kind, region }: RestoreSource, fresh: string): string =>
  aws(`describe-db-${kind}s`, region, `--db-${kind}-identifier ${fresh}`);

const targetOption = (kind: RestoreSource['kind']) =>
  kind === 'cluster' ? '--db-cluster-identifiers' : '--db-instance-identifiers';

const aws = (verb: string, region: string, ...options: string[]): string =>
  ['aws rds', verb, ...options, `--region ${region}`].join(' ');
