import type { Session } from '../../context.ts';
import { counted } from '../../domain/counted.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { type EnvironmentState, writeState } from '../../release/environment-state.ts';
import { flatOutputs } from '../../release/flat-outputs.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { stateOf } from '../state-of.ts';
import { askChecks, type SmokePowers } from './ask-checks.ts';
import { resting } from './resting.ts';
import { type Asked, summed } from './smoke.ts';
import { EMULATED, NO_DATA_PLANE } from './smoke-address.ts';
import { smokeChecks } from './smoke-checks.ts';

export interface ProveAnswersInput {
  outputsOf: OutputsOf;
  /** How many tasks each service runs, as it was proven. */
  services: readonly { name: string; desired: number }[];
  /** Whether the lock is held, so that what is found may be written down. */
  writes: boolean;
}

/**
 * The last part of a proof: what was rolled out is asked as a visitor would. Null where nothing is configured to be
 * asked. Throws `deploy-unanswered`; the release then stays unproven, and the one before is still the one to go back to.
 */
export async function proveAnswers(session: SmokePowers, input: ProveAnswersInput): Promise<Asked | null> {
  const { environment, reporter } = session;
  const checks = smokeChecks(environment.blocks);
  if (checks.length === 0) return null;
  const { objects, state } = await stateOf(session);
  const asked = summed(
    await askChecks(session, {
      checks,
      urls: flatOutputs(environment.blocks, input.outputsOf),
      resting: resting(session, state, input.services),
    }),
  );
  for (const text of warningsOf(asked)) reporter.warn(text);
  if (asked.summary.failed === 0) return asked;
  if (input.writes && state.unproven !== undefined) {
    const said = { release: state.unproven, text: failedText(asked) };
    await writeState(objects, environment.name, { ...state, unanswered: said });
  }
  throw unanswered(session, asked, state);
}

/** What a person has to do next so that more can be asked; what nobody can be asked here is in the answer alone. */
function warningsOf({ checks }: Asked): string[] {
  const records = checks.flatMap(({ record }) => (record ? [`${record.name} ${record.type} ${record.value}`] : []));
  const open = checks.filter(({ status, why }) => status === 'skipped' && ![NO_DATA_PLANE, EMULATED].includes(why[0]!));
  return [
    ...[...new Set(records)].map(
      (record) => `DNS lacks a record that visitors need: ${record} (an alias record where the name is a zone’s own)`,
    ),
    ...open.map(({ component, method, path, why }) => `Not asked: ${component} ${method} ${path}: ${why.join('; ')}`),
  ];
}

const failedText = ({ checks, summary }: Asked): string => {
  const first = checks.find(({ status }) => status === 'failed')!;
  return `${summary.failed} of ${counted(checks.length, 'request')} did not get the answer that is expected: ${first.component} ${first.method} ${first.path}: ${first.why.join('; ')}`;
};

function unanswered(
  { environment }: Pick<Session, 'environment'>,
  asked: Asked,
  { release, unproven }: Pick<EnvironmentState, 'release' | 'unproven'>,
): PlatformError {
  const flags = environmentFlags(environment);
  const failed = asked.checks.filter(({ status }) => status === 'failed');
  const asking = failed[0]!.component.split('.');
  const looks = asking[0] === 'services' ? `platform logs ${asking[1]} ${flags}` : `platform logs ${flags}`;
  return new PlatformError({
    id: 'deploy-unanswered',
    kind: 'failed',
    message: `What was asked for runs in ${environment.name} and is healthy, but ${failedText(asked)}`,
    remedy: [
      `${looks} shows what the application wrote`,
      ...(release === undefined || unproven === undefined
        ? []
        : [`platform rollback ${flags} goes back to release ${release}`]),
      `platform deploy ${flags} asks again`,
    ].join('; '),
    problems: failed.map(
      ({ component, method, path, why }): Problem => ({
        rule: 'smoke',
        severity: 'error',
        path: component,
        message: `${method} ${path}: ${why.join('; ')}`,
        remedy: `platform smoke ${component} ${flags} asks it alone`,
      }),
    ),
  });
}
