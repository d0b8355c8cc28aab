import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { ENDS_EVERYTHING, PlatformError } from '../../errors/platform-error.ts';
import { blocking, type Problem } from '../../errors/problem.ts';
import {
  BLOCKED_REMEDY,
  type BlockedReplacement,
  blockedReplacements,
  blockedText,
} from '../../release/blocked-replacements.ts';
import type { PlannedStack } from '../../release/plan.ts';
import { thingName } from '../../release/thing-name.ts';
import { leftoverProblem } from '../deploy/leftover-problem.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import { imageProblems } from '../images/image-problems.ts';
import { absentProblem } from '../secrets/secret-problems.ts';
import { readStanding } from '../stacks/read-standing.ts';
import { aliasProblems } from './alias-problems.ts';
import { bootstrapProblems } from './bootstrap-problems.ts';
import { certificateProblems } from './certificate-problems.ts';
import { concurrencyProblems } from './concurrency-problems.ts';
import { exportProblems } from './export-problems.ts';
import { migrationProblems } from './migration-problems.ts';
import { quotaProblems } from './quota-problems.ts';
import { rangeProblems } from './range-problems.ts';
import { stackProblems } from './stack-problems.ts';
import { templateProblems } from './template-problems.ts';
import { unsafeTemplates } from './unsafe-templates.ts';
import { vcpuProblems } from './vcpu-problems.ts';

export type PreflightPowers = Pick<
  Session,
  'aws' | 'cdk' | 'clock' | 'containerEngine' | 'environment' | 'reporter' | 'target' | 'variables'
>;

type Look<Powers> = (session: Powers, prepared: PreparedRelease) => Promise<Problem[]>;

/** Looks that belong together; all of a group's, and all groups, go side by side. Only reads. */
export interface PreflightGroup<Powers = PreflightPowers> {
  id: string;
  /** The healthy fact, so that it can be ticked. */
  title: string;
  /** Each may be denied by itself: the others count all the same. */
  looks: readonly Look<Powers>[];
}

/**
 * What AWS is asked before anything is changed, in the order in which a deployment would meet it. Certificates that we
 * request ourselves are not here: they are requested, and waited for, before anything is deployed.
 */
export const GROUPS: readonly PreflightGroup[] = [
  {
    id: 'bootstrap',
    title: 'The CDK can deploy in every region',
    looks: [(session, { synthesis }) => bootstrapProblems(session, synthesis)],
  },
  {
    id: 'stacks',
    title: 'No stack is stuck',
    looks: [(session, { plan }) => stackProblems(session, plan), (session, { plan }) => exportProblems(session, plan)],
  },
  {
    id: 'templates',
    title: 'Every template holds what it is to hold, and keeps the rules',
    looks: [async (_session, { plan }) => templateProblems(plan), unsafeTemplates],
  },
  {
    id: 'quotas',
    title: 'The account has room',
    looks: [
      (session, { plan }) => quotaProblems(session, plan),
      vcpuProblems,
      (session, { plan }) => concurrencyProblems(session, plan),
    ],
  },
  {
    id: 'network',
    title: 'Nobody else has the addresses of the network',
    looks: [(session, { plan }) => rangeProblems(session, plan)],
  },
  {
    id: 'secrets',
    title: 'Every secret has the keys that tasks are given',
    looks: [
      async ({ environment, target }, { secrets }) => [
        ...secrets.absent.map(({ name, deleted }) => absentProblem(environment, name, deleted)),
        ...secrets.broken,
        ...(secrets.notShared.length === 0 ? [] : [notShared(secrets.notShared, target)]),
      ],
    ],
  },
  { id: 'images', title: 'Every image is there, for its platform', looks: [imageProblems] },
  {
    id: 'certificates',
    title: 'Every certificate is issued, and every domain is free',
    looks: [certificateProblems, (session, { plan }) => aliasProblems(session, plan)],
  },
  { id: 'migrations', title: 'No migration is under way', looks: [migrationProblems] },
  { id: 'databases', title: 'No database keeps its stack from going', looks: [protectedDatabases] },
  {
    id: 'names',
    title: 'No name is taken',
    looks: [
      async (_session, { leftovers }) => leftovers.map(leftoverProblem).filter((one) => one !== undefined),
      async (_session, { plan }) => blockedReplacements(plan).map(takenByItself),
    ],
  },
];

/** All looks of a group at once: what they found, and why some of them found nothing. */
export async function lookAtGroup<Powers>(
  { looks }: Pick<PreflightGroup<Powers>, 'looks'>,
  session: Powers,
  prepared: PreparedRelease,
): Promise<{ problems: Problem[]; unseen: PlatformError[] }> {
  const unseen: PlatformError[] = [];
  const found = await Promise.all(
    looks.map(async (look) => {
      try {
        return await look(session, prepared);
      } catch (error) {
        if (!(error instanceof PlatformError) || ENDS_EVERYTHING.includes(error.id)) throw error;
        unseen.push(error);
        return [];
      }
    }),
  );
  return { problems: found.flat(), unseen };
}

/** Lifting a database's protection is no part of a deployment, whoever agreed to its loss (F-85). */
async function protectedDatabases(
  { aws, environment }: PreflightPowers,
  { plan }: PreparedRelease,
): Promise<Problem[]> {
  const going = plan.stacks.filter(
    ({ action, handling }) => action === 'delete' || handling.action === 'finish-delete',
  );
  const live = going.map(
    ({ id, live: found, stackName, account, region }: PlannedStack) =>
      [id, { ...found!, stackName, account, region }] as const,
  );
  const { protectedDatabases: standing } = await readStanding(aws, new Map(live));
  return standing.map(({ logicalId, physicalId, stack }) => {
    const template = live.find(([id]) => id === stack)?.[1].template;
    const name = thingName(stack, template, logicalId).replace(/^databases\./, '');
    return blocking(
      'F-85',
      `Stack ${stack} is no longer wanted as it is, but its database ${physicalId} is protected against deletion`,
      `configure it again; or, to lose it, platform db unprotect ${environmentFlags(environment)} ${name} --for 1h --reason <why>, then deploy again`,
      stack,
    );
  });
}

/** A warning: what may have to be replaced is decided on the change set. */
const takenByItself = (blocked: BlockedReplacement): Problem => ({
  rule: 'F-10',
  severity: 'warning',
  path: blocked.stack,
  message: blockedText(blocked),
  remedy: BLOCKED_REMEDY,
});

const notShared = (names: readonly string[], { account, region }: PreflightPowers['target']): Problem =>
  blocking(
    'S3-115',
    `The provider of the shared infrastructure has not written ${names.toSorted().join(', ')} in account ${account}, ${region}`,
    'deploy the environment with shared.mode export and the same prefix first, in the same account and region',
    'shared.prefix',
  );
