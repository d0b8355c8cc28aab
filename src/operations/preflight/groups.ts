import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import type { PlannedStack } from '../../release/plan.ts';
import { thingName } from '../../release/thing-name.ts';
import { imageProblems } from '../image-problems.ts';
import { leftoverProblem } from '../leftover-problem.ts';
import type { PreparedRelease } from '../prepare-release.ts';
import { readStanding } from '../read-standing.ts';
import { absentProblem } from '../secret-problems.ts';
import { causeOf } from '../stack-failure.ts';
import { bootstrapProblems } from './bootstrap-problems.ts';
import { certificateProblems } from './certificate-problems.ts';
import { exportProblems } from './export-problems.ts';
import { migrationProblems } from './migration-problems.ts';
import { quotaProblems } from './quota-problems.ts';
import { rangeProblems } from './range-problems.ts';
import { templateProblems } from './template-problems.ts';
import { unsafeTemplates } from './unsafe-templates.ts';
import { vcpuProblems } from './vcpu-problems.ts';

export type PreflightPowers = Pick<
  Session,
  'aws' | 'cdk' | 'clock' | 'containerEngine' | 'environment' | 'reporter' | 'target' | 'variables'
>;

/** Looks that belong together; all of a group's, and all groups, go side by side. Only reads. */
export interface PreflightGroup {
  id: string;
  /** The healthy fact, so that it can be ticked. */
  title: string;
  look: (session: PreflightPowers, prepared: PreparedRelease) => Promise<Problem[]>;
}

/**
 * What AWS is asked before anything is changed, in the order in which a deployment would meet it. Certificates that we
 * request ourselves are not here: they are requested, and waited for, before anything is deployed.
 */
export const GROUPS: readonly PreflightGroup[] = [
  {
    id: 'bootstrap',
    title: 'The CDK can deploy in every region',
    look: (session, { synthesis }) => bootstrapProblems(session, synthesis),
  },
  {
    id: 'stacks',
    title: 'No stack is stuck',
    look: async (session, prepared) =>
      (await Promise.all([stuckStacks(session, prepared), exportProblems(session, prepared.plan)])).flat(),
  },
  {
    id: 'templates',
    title: 'Every template holds what it is to hold, and keeps the rules',
    look: async (session, prepared) => [
      ...templateProblems(prepared.plan),
      ...(await unsafeTemplates(session, prepared)),
    ],
  },
  {
    id: 'quotas',
    title: 'The account has room',
    look: async (session, prepared) =>
      (await Promise.all([quotaProblems(session, prepared.plan), vcpuProblems(session, prepared)])).flat(),
  },
  {
    id: 'network',
    title: 'Nobody else has the addresses of the network',
    look: (session, { plan }) => rangeProblems(session, plan),
  },
  {
    id: 'secrets',
    title: 'Every secret has the keys that tasks are given',
    look: async ({ environment, target }, { secrets }) => [
      ...secrets.absent.map(({ name, deleted }) => absentProblem(environment, name, deleted)),
      ...secrets.broken,
      ...(secrets.notShared.length === 0 ? [] : [notShared(secrets.notShared, target)]),
    ],
  },
  { id: 'images', title: 'Every image is there, for its platform', look: imageProblems },
  { id: 'certificates', title: 'Every certificate is issued', look: certificateProblems },
  { id: 'migrations', title: 'No migration is under way', look: migrationProblems },
  { id: 'databases', title: 'No database keeps its stack from going', look: protectedDatabases },
  {
    id: 'names',
    title: 'No name is taken',
    look: async (_session, { leftovers }) => leftovers.map(leftoverProblem).filter((one) => one !== undefined),
  },
];

/** A status that only a person can lead out of, with the first thing that failed (F-01 to F-07). */
async function stuckStacks({ aws, environment }: PreflightPowers, { plan }: PreparedRelease): Promise<Problem[]> {
  const found = await Promise.all(
    plan.stacks.map(async ({ id, stackName, region, handling }): Promise<Problem[]> => {
      if (handling.action !== 'stop') return [];
      const cause = await causeOf(aws.in(region), stackName);
      return [
        problem(
          handling.failure,
          `${stackName}: ${handling.why}${cause ? `. ${cause}` : ''}`,
          `platform recover ${id} ${environmentFlags(environment)}`,
          stackName,
        ),
      ];
    }),
  );
  return found.flat();
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
    return problem(
      'F-85',
      `Stack ${stack} is no longer wanted as it is, but its database ${physicalId} is protected against deletion`,
      `configure it again; or, to lose it, platform db unprotect ${environmentFlags(environment)} ${name} --for 1h --reason <why>, then deploy again`,
      stack,
    );
  });
}

const notShared = (names: readonly string[], { account, region }: PreflightPowers['target']): Problem =>
  problem(
    'S3-115',
    `The provider of the shared infrastructure has not written ${names.toSorted().join(', ')} in account ${account}, ${region}`,
    'deploy the environment with shared.mode export and the same prefix first, in the same account and region',
    'shared.prefix',
  );

const problem = (rule: string, message: string, remedy: string, path: string): Problem => ({
  rule,
  severity: 'error',
  path,
  message,
  remedy,
});
