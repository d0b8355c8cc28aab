import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { type AlarmLook, lookAtAlarms } from '../../../operations/look-at-alarms.ts';
import { silentAlarms } from '../../../operations/silent-alarms.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import { recoverFix } from '../../recover-fix.ts';
import type { Scene } from '../../scene.ts';

export const alarms: Check = {
  id: 'alarms',
  title: 'Every alarm looks at something that reports, reaches its topic, and is quiet',
  group: 'the environment',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const looked = await lookAtAlarms(session, await scene.stacks());
    if (!looked) return skipped('no alarms are deployed');
    const flags = environmentFlags(session.environment);
    const found = [
      ...(await silentFindings(scene, flags)),
      ...looked.flatMap((alarm): Finding[] => findingsOf(alarm, flags)),
    ];
    return found.length > 0 ? found : ok(`${looked.length} alarms`);
  },
};

/** What nobody would hear, because somebody deleted or changed it behind the back of its stack. */
async function silentFindings(scene: Scene, flags: string): Promise<Finding[]> {
  const session = await scene.open();
  const own = (await scene.stacks()).find(({ id }) => id === 'observability')!;
  const { elsewhere, gone, off } = await silentAlarms(session, own);
  const recover = await recoverFix(scene, own.id);
  const read = (name: string, field: string, value: unknown) =>
    evidenceOf('cloudwatch:DescribeAlarms', `${name} ${field}`, value);
  return [
    ...gone.map((name) =>
      sick({
        severity: 'error',
        subject: name,
        detail: 'it is gone, and its stack does not know',
        evidence: [read(name, 'MetricAlarms[0]', undefined)],
        remedy: `platform recover observability ${flags} makes it again`,
        failure: 'F-19',
        ...recover,
      }),
    ),
    ...off.map((name) =>
      sick({
        severity: 'error',
        subject: name,
        detail: 'somebody has switched off what it does when it rings, so that nobody hears it',
        evidence: [read(name, 'ActionsEnabled', false)],
        remedy: `aws cloudwatch enable-alarm-actions --alarm-names ${name}`,
        failure: 'F-19',
        fix: {
          handling: 'ASK',
          does: `let ${name} tell its topic again`,
          apply: () => session.aws.in(own.region).alarms.enableActions(name),
        },
      }),
    ),
    ...elsewhere.map(({ name, actions }) =>
      sick({
        severity: 'error',
        subject: name,
        detail: 'it does not tell the topic of the alarms when it rings',
        evidence: [read(name, 'AlarmActions', actions)],
        remedy: `delete it, and its stack makes it as it was: aws cloudwatch delete-alarms --alarm-names ${name}; platform recover observability ${flags}`,
        failure: 'F-19',
      }),
    ),
  ];
}

function findingsOf({ name, state, reason, since, blind, unheard }: AlarmLook, flags: string): Finding[] {
  const found: Finding[] = [];
  if (blind) {
    const dimensions = blind.dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(', ');
    found.push(
      sick({
        severity: 'warning',
        subject: name,
        detail: `it looks at ${blind.namespace} ${dimensions}, under which nothing has been reported for two weeks and which no stack of the environment knows`,
        evidence: [
          evidenceOf('cloudwatch:DescribeAlarms', 'MetricAlarms[0].StateValue', state),
          evidenceOf('cloudwatch:ListMetrics', `${blind.namespace} ${dimensions}`, undefined),
        ],
        remedy: `platform deploy ${flags} has it look at what there is now; where that finds nothing to change, somebody changed it by hand: delete it, and platform recover observability ${flags} makes it again`,
        failure: 'F-146',
      }),
    );
  }
  if (unheard)
    found.push(
      sick({
        severity: 'error',
        subject: name,
        detail: 'it could not tell its topic that it had changed',
        evidence: [evidenceOf('cloudwatch:DescribeAlarmHistory', 'AlarmHistoryItems[0].HistorySummary', unheard)],
        remedy: `the topic's policy and its key must let cloudwatch.amazonaws.com in: platform recover observability ${flags} makes again what is gone; what was changed by hand is changed back by hand`,
        failure: 'F-145',
      }),
    );
  if (state === 'ALARM')
    found.push(
      sick({
        severity: 'warning',
        subject: name,
        detail: `it has been firing since ${since?.toISOString() ?? 'some time'}`,
        evidence: [evidenceOf('cloudwatch:DescribeAlarms', 'MetricAlarms[0].StateReason', reason)],
        remedy: `platform doctor ${flags} and platform logs ${flags} show what is behind it`,
      }),
    );
  return found;
}
