import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Problem } from '../../errors/problem.ts';
import { whoRuns } from '../locks/who-runs.ts';

/**
 * Somebody migrates the database right now (F-88). A deployment that migrates too waits for it; any other rolls out onto
 * a schema that may be half-way, which is for people to decide.
 */
export async function migrationProblems(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
): Promise<Problem[]> {
  if (!session.environment.blocks.migrations) return [];
  const { migrates } = await whoRuns(session);
  if (!migrates) return [];
  const { principal, host, command, takenAt } = migrates.held.lock;
  const flags = environmentFlags(session.environment);
  return [
    {
      rule: 'F-88',
      severity: 'warning',
      path: 'migrations',
      message: `${principal} on ${host} has been migrating ${session.environment.name} with "${command}" for ${Math.round((session.clock.now() - takenAt) / 1000)} s; a deployment that migrates waits for it, any other meets a schema that may be half-way`,
      remedy: `wait until it has ended: platform logs migrations --follow ${flags} shows it; platform cancel ${flags} asks it to stop`,
    },
  ];
}
