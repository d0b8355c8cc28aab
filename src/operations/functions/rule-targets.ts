import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import type { Problem } from '../../errors/problem.ts';
import type { DeployedFunction } from './deployed-functions.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment'>;
type Told = DeployedFunction & { rule: NonNullable<DeployedFunction['rule']> };

const MINUTES = 60;
const ALIAS = 'live';

/** What keeps the rule of a schedule or a bus from calling its function (F-106, F-19). Only looks. */
export async function ruleProblems(session: Powers, functions: readonly Told[]): Promise<Problem[]> {
  const found = await fewAtATime(functions, (fn) => problemsOf(session, fn));
  return found.flat();
}

async function problemsOf(session: Powers, told: Told): Promise<Problem[]> {
  const { aws, clock, environment } = session;
  const { name, functionName, rule } = told;
  if (rule.scheduler) return scheduleProblems(session, told);
  const flags = environmentFlags(environment);
  const recover = `platform recover functions ${flags} makes again what is gone`;
  const problem = (one: Pick<Problem, 'rule' | 'message' | 'evidence'> & Partial<Problem>): Problem[] => [
    { severity: 'error', path: `functions.${name}`, remedy: recover, ...one },
  ];
  const [arn, targets] = await Promise.all([aws.events.ruleArn(rule), aws.events.targetsOf(rule)]);
  if (arn === undefined)
    return problem({
      rule: 'F-19',
      message: `its rule ${rule.name} is gone, so that nothing calls it`,
      evidence: [evidenceOf('events:DescribeRule', rule.name, undefined)],
    });
  const ours = targets.includes(`arn:aws:lambda:${aws.region}:${aws.account}:function:${functionName}:${ALIAS}`);
  if (!ours)
    return problem({
      rule: 'F-106',
      message: `its rule ${rule.name} leads to ${targets.join(', ') || 'nothing'}, and not to it`,
      remedy: `platform recover functions ${flags} puts it back`,
      evidence: [evidenceOf('events:ListTargetsByRule', 'Targets[].Arn', targets)],
    });
  const policy = await aws.lambda.policy(functionName, ALIAS);
  if (!letsRuleIn(policy, arn))
    return problem({
      rule: 'F-106',
      message: `it does not let its rule ${rule.name} in: EventBridge is refused, and the events are lost`,
      evidence: [evidenceOf('lambda:GetPolicy', `Policy of ${functionName}:${ALIAS}`, policy)],
    });
  const dimensions = { ...(rule.bus ? { EventBusName: rule.bus } : {}), RuleName: rule.name };
  const failed = await aws.metrics.sum(
    { namespace: 'AWS/Events', name: 'FailedInvocations', dimensions },
    { now: clock.now(), minutes: MINUTES },
  );
  if (failed === 0) return [];
  return problem({
    rule: 'F-106',
    severity: 'warning',
    message: `${failed} ${failed === 1 ? 'event' : 'events'} of its rule ${rule.name} did not reach it within the last hour; the way is open now`,
    remedy: `what was lost comes no more by itself: platform logs ${name} ${flags} shows what came; whoever sent the events may send them again`,
    evidence: [evidenceOf('cloudwatch:GetMetricStatistics', `AWS/Events FailedInvocations of ${rule.name}`, failed)],
  });
}

interface Statement {
  Effect?: string;
  Action?: string | string[];
  Principal?: string | { Service?: string | string[] };
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** Whether a statement of the policy names EventBridge and this rule, or any. */
function letsRuleIn(policy: string | undefined, ruleArn: string): boolean {
  if (policy === undefined) return false;
  const { Statement = [] } = JSON.parse(policy) as { Statement?: Statement | Statement[] };
  return [Statement].flat().some(({ Effect, Action, Principal, Condition = {} }) => {
    const actions = [Action ?? []].flat();
    const services = typeof Principal === 'object' ? [Principal.Service ?? []].flat() : [Principal];
    const sources = Object.values(Condition).flatMap((keys) =>
      Object.entries(keys).flatMap(([key, value]) => (/^aws:sourcearn$/i.test(key) ? [value].flat() : [])),
    );
    return (
      Effect === 'Allow' &&
      actions.some((action) => ['lambda:InvokeFunction', 'lambda:*', '*'].includes(action)) &&
      services.some((service) => service === 'events.amazonaws.com' || service === '*') &&
      (sources.length === 0 || sources.some((source) => source === ruleArn || source.includes('*')))
    );
  });
}

/** What keeps a schedule by the clock of a time zone from calling its function: the schedule itself, or its role. */
async function scheduleProblems({ aws, environment }: Powers, { name, functionName, rule }: Told): Promise<Problem[]> {
  const flags = environmentFlags(environment);
  const problem = (one: Pick<Problem, 'rule' | 'message' | 'evidence'>): Problem[] => [
    {
      severity: 'error',
      path: `functions.${name}`,
      remedy: `platform recover functions ${flags} makes again what is gone or was changed`,
      ...one,
    },
  ];
  const found = await aws.events.schedule(rule.name);
  if (!found)
    return problem({
      rule: 'F-19',
      message: `its schedule ${rule.name} is gone, so that nothing calls it`,
      evidence: [evidenceOf('scheduler:GetSchedule', rule.name, undefined)],
    });
  const arn = `arn:aws:lambda:${aws.region}:${aws.account}:function:${functionName}:${ALIAS}`;
  const { Arn: target, RoleArn: role } = found.Target ?? {};
  if (target !== arn)
    return problem({
      rule: 'F-106',
      message: `its schedule ${rule.name} leads to ${target ?? 'nothing'}, and not to it`,
      evidence: [evidenceOf('scheduler:GetSchedule', `${rule.name} Target.Arn`, target)],
    });
  const decision = role === undefined ? undefined : await aws.iam.decision(role, 'lambda:InvokeFunction', arn);
  if (decision === 'allowed') return [];
  return problem({
    rule: 'F-106',
    message: `its schedule ${rule.name} may not call it: the role ${role?.split('/').at(-1)} lacks lambda:InvokeFunction`,
    evidence: [evidenceOf('iam:SimulatePrincipalPolicy', `${role} on ${arn}`, decision)],
  });
}
