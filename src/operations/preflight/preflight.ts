import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import { approvalsFor } from '../../release/approvals.ts';
import { chooseSettings } from '../deploy/choose-settings.ts';
import { endingCredentials } from '../deploy/credentials-end.ts';
import { planDeployment } from '../deploy/plan-deployment.ts';
import type { PreparedRelease, PrepareInput } from '../deploy/prepare-release.ts';
import { accountGroups } from './account-groups.ts';
import { GROUPS, lookAtGroup, type PreflightGroup } from './groups.ts';

export interface PreflightFinding {
  group: string;
  title: string;
  /** `unknown`: we may not look, or nobody answered; neither good nor bad. */
  status: 'passed' | 'warned' | 'blocked' | 'unknown';
  problems: Problem[];
  /** What could not be looked at; of `unknown`, and where the rest was found all the same. */
  reason: string | null;
  /** Real seconds. */
  seconds: number;
}

/** The contract of `deploy --preflight --json`. */
export interface PreflightOutcome {
  environment: string;
  account: string;
  region: string;
  groups: PreflightFinding[];
  blocked: boolean;
  seconds: number;
}

/** Looks at all that a deployment would meet, and begins nothing. What blocks a deployment blocks here. */
export async function preflight(session: Session, input: PrepareInput): Promise<PreflightOutcome> {
  const { clock, environment, reporter, target } = session;
  const startedAt = clock.now();
  const chosen = await reporter.step(`Looking at ${environment.name}`, () => chooseSettings(session));
  for (const notice of chosen.decisions.notices) reporter.note(notice);
  const dry = { ...session, flags: { ...session.flags, dryRun: true } };
  const prepared = await planDeployment(dry, chosen, input);
  const groups: PreflightGroup<Session>[] = [
    { id: 'configuration', title: 'The configuration is sound', looks: [configurationProblems] },
    { id: 'identity', title: 'The credentials last as long as it takes', looks: [identityProblems] },
    ...GROUPS,
    ...(await accountGroups(session)),
    { id: 'plan', title: 'The plan loses nothing unasked', looks: [planProblems] },
  ];
  const found = await reporter.step('Checking', () =>
    Promise.all(groups.map((group) => examined(session, group, prepared))),
  );
  return {
    environment: environment.name,
    account: target.account,
    region: target.region,
    groups: found,
    blocked: found.some(({ status }) => status === 'blocked'),
    seconds: (clock.now() - startedAt) / 1000,
  };
}

async function examined(
  session: Session,
  group: PreflightGroup<Session>,
  prepared: PreparedRelease,
): Promise<PreflightFinding> {
  const { clock } = session;
  const from = clock.now();
  const { problems, unseen } = await lookAtGroup(group, session, prepared);
  const isBlocked = problems.some(({ severity }) => severity === 'error');
  return {
    group: group.id,
    title: group.title,
    status: isBlocked ? 'blocked' : problems.length > 0 ? 'warned' : unseen.length > 0 ? 'unknown' : 'passed',
    problems,
    reason: unseen.length > 0 ? unseen.map(({ message }) => message).join('; ') : null,
    seconds: (clock.now() - from) / 1000,
  };
}

async function configurationProblems({ environment, project }: Session): Promise<Problem[]> {
  const all = (await project()).problems();
  return all.filter(
    ({ environment: of, waived }) =>
      waived === undefined && (of === undefined || of.split(', ').includes(environment.name)),
  );
}

/** Only said: many credentials renew themselves, and a deployment that they leave can be picked up (F-30). */
async function identityProblems(session: Session, { access }: PreparedRelease): Promise<Problem[]> {
  const ending = await endingCredentials(session, access);
  if (!ending) return [];
  const end = new Date(session.target.credentialsEndAt!).toISOString();
  return [
    {
      rule: 'F-30',
      severity: 'warning',
      path: 'credentials',
      message: ending,
      remedy: 'sign in again: aws sso login, with --profile <name> where you use one',
      evidence: [evidenceOf('credentials', 'expiration', end)],
    },
  ];
}

/** What is never done by us blocks; what has to be agreed to by its name is said. */
async function planProblems({ environment }: Session, { plan }: PreparedRelease): Promise<Problem[]> {
  const { refused, typed } = approvalsFor(plan, environment);
  const flags = environmentFlags(environment);
  return [
    ...refused.map(
      ({ stack, change }): Problem => ({
        rule: 'F-12',
        severity: 'error',
        path: `${stack}.${change.id}`,
        message: `${change.id} (${change.type}) of ${stack} would be replaced, and with it everything that stands there`,
        remedy: 'configure the network as it was; a new one is made beside it, in another environment',
      }),
    ),
    ...typed.map(
      ({ name, text, details }): Problem => ({
        rule: details ? 'security-broadening' : 'F-87',
        severity: 'warning',
        path: name.slice(environment.name.length + 1),
        message: text.replace(/\n/g, '; '),
        remedy: `platform deploy ${flags} --confirm ${name}, when this is meant`,
      }),
    ),
  ];
}
