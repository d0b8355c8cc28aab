import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { ENDS_EVERYTHING, PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { approvalsFor } from '../../release/approvals.ts';
import { chooseSettings } from '../choose-settings.ts';
import { planDeployment } from '../plan-deployment.ts';
import type { PreparedRelease, PrepareInput } from '../prepare-release.ts';
import { GROUPS } from './groups.ts';

export interface PreflightFinding {
  group: string;
  title: string;
  /** `unknown`: we may not look, or nobody answered; neither good nor bad. */
  status: 'passed' | 'warned' | 'blocked' | 'unknown';
  problems: Problem[];
  /** Of `unknown`. */
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

interface Group {
  id: string;
  title: string;
  look: (prepared: PreparedRelease) => Promise<Problem[]>;
}

/** Looks at all that a deployment would meet, and begins nothing. What blocks a deployment blocks here. */
export async function preflight(session: Session, input: PrepareInput): Promise<PreflightOutcome> {
  const { clock, environment, reporter, target } = session;
  const startedAt = clock.now();
  const chosen = await reporter.step(`Looking at ${environment.name}`, () => chooseSettings(session));
  for (const notice of chosen.decisions.notices) reporter.note(notice);
  const dry = { ...session, flags: { ...session.flags, dryRun: true } };
  const prepared = await planDeployment(dry, chosen, input);
  const groups: Group[] = [
    { id: 'configuration', title: 'The configuration is sound', look: () => configurationProblems(session) },
    ...GROUPS.map(({ look, ...group }) => ({ ...group, look: (plan: PreparedRelease) => look(session, plan) })),
    { id: 'plan', title: 'The plan loses nothing unasked', look: async () => planProblems(session, prepared) },
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
  { clock }: Pick<Session, 'clock'>,
  { id, title, look }: Group,
  prepared: PreparedRelease,
): Promise<PreflightFinding> {
  const from = clock.now();
  const finding = (status: PreflightFinding['status'], problems: Problem[], reason: string | null = null) => ({
    group: id,
    title,
    status,
    problems,
    reason,
    seconds: (clock.now() - from) / 1000,
  });
  try {
    const problems = await look(prepared);
    if (problems.some(({ severity }) => severity === 'error')) return finding('blocked', problems);
    return finding(problems.length > 0 ? 'warned' : 'passed', problems);
  } catch (error) {
    if (!(error instanceof PlatformError) || ENDS_EVERYTHING.includes(error.id)) throw error;
    return finding('unknown', [], error.message);
  }
}

async function configurationProblems({ environment, project }: Session): Promise<Problem[]> {
  const all = (await project()).problems();
  return all.filter(
    ({ environment: of, waived }) =>
      waived === undefined && (of === undefined || of.split(', ').includes(environment.name)),
  );
}

/** What is never done by us blocks; what has to be agreed to by its name is said. */
function planProblems({ environment }: Session, { plan }: PreparedRelease): Problem[] {
  const { refused, typed } = approvalsFor(plan, environment.name);
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
      ({ name, text }): Problem => ({
        rule: 'F-87',
        severity: 'warning',
        path: name.slice(environment.name.length + 1),
        message: text.replace(/\n/g, '; '),
        remedy: `platform deploy ${flags} --confirm ${name}, when this is meant`,
      }),
    ),
  ];
}
