import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import type { Problem } from '../../errors/problem.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { readersOfPaused } from '../queues/pause-queue.ts';
import type { DeployedFunction } from './deployed-functions.ts';

type Powers = Pick<Session, 'aws' | 'environment'>;

/** What was switched off outside of platform, and how it is switched on again. */
export interface SwitchedOff extends Problem {
  does?: string;
  switchOn?: () => Promise<unknown>;
}

/** Functions that nothing starts any more, or that nothing may call, without anybody having paused them. Only looks. */
export async function switchedOff(
  session: Powers,
  functions: readonly DeployedFunction[],
  { pausedFunctions, pausedQueues }: Pick<EnvironmentState, 'pausedFunctions' | 'pausedQueues'>,
): Promise<SwitchedOff[]> {
  const held = [...Object.keys(pausedFunctions), ...readersOfPaused(session.environment.blocks, pausedQueues)];
  const awake = functions.filter(({ name }) => !held.includes(name));
  const found = await fewAtATime(awake, async (fn) =>
    (await Promise.all([ruleOff(session, fn), readerOff(session, fn), callsOff(session, fn)])).flat(),
  );
  return found.flat();
}

function problemOf({ environment }: Powers, { name }: DeployedFunction) {
  const flags = environmentFlags(environment);
  return (one: Pick<SwitchedOff, 'does' | 'evidence' | 'message' | 'switchOn'>): SwitchedOff[] => [
    {
      rule: 'F-19',
      severity: 'error',
      path: `functions.${name}`,
      remedy: one.switchOn
        ? `platform doctor --only event-targets --fix ${flags} switches it on again`
        : `platform recover functions ${flags} makes it again`,
      ...one,
    },
  ];
}

async function ruleOff(session: Powers, fn: DeployedFunction): Promise<SwitchedOff[]> {
  const { rule } = fn;
  if (!rule || (await session.aws.events.isRuleOn(rule)) !== false) return [];
  const what = rule.scheduler ? 'schedule' : 'rule';
  return problemOf(
    session,
    fn,
  )({
    message: `its ${what} ${rule.name} is switched off, and nobody paused it: nothing starts it`,
    evidence: [
      evidenceOf(rule.scheduler ? 'scheduler:GetSchedule' : 'events:DescribeRule', `State of ${rule.name}`, 'DISABLED'),
    ],
    does: `switch on the ${what} of ${fn.name} again`,
    switchOn: () => session.aws.events.switchRule(rule, true),
  });
}

async function readerOff(session: Powers, fn: DeployedFunction): Promise<SwitchedOff[]> {
  const { queueReader } = fn;
  if (queueReader === undefined) return [];
  const problem = problemOf(session, fn);
  const mapping = await session.aws.lambda.mapping(queueReader);
  const read = (value: string | undefined) => [
    evidenceOf('lambda:GetEventSourceMapping', `State of ${queueReader}`, value),
  ];
  if (!mapping) return problem({ message: 'what reads its queue is gone', evidence: read(undefined) });
  if (!/^Disabl/.test(mapping.State ?? '')) return [];
  return problem({
    message: 'what reads its queue is switched off, and nobody paused it: messages wait until they are too old',
    evidence: read(mapping.State),
    does: `have ${fn.name} read its queue again`,
    switchOn: () => session.aws.lambda.enableMapping(queueReader, true),
  });
}

async function callsOff(session: Powers, fn: DeployedFunction): Promise<SwitchedOff[]> {
  const { aws, environment } = session;
  const configured = environment.blocks.functions[fn.name]?.reservedConcurrency;
  if (configured === 0 || (await aws.lambda.reservedConcurrency(fn.functionName)) !== 0) return [];
  return problemOf(
    session,
    fn,
  )({
    message: 'no call of it is let through: its reserved concurrency is 0, and nobody paused it',
    evidence: [evidenceOf('lambda:GetFunctionConcurrency', 'ReservedConcurrentExecutions', 0)],
    does: `let calls of ${fn.name} through again`,
    switchOn: () => aws.lambda.reserveConcurrency(fn.functionName, configured ?? undefined),
  });
}
