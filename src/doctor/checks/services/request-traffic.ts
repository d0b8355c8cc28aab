import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import type { DeployedService } from '../../../operations/services/deployed-services.ts';
import { pairOf, servingGroups } from '../../../operations/traffic/read-traffic.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import type { Scene } from '../../scene.ts';

/**
 * Of two target groups that take turns requests go to the one with the tasks. Whoever else writes the rule, another tool
 * or a person, sends them to where nothing runs, and ECS does not look: https://github.com/aws/containers-roadmap/issues/2853.
 */
export const requestTraffic: Check = {
  id: 'request-traffic',
  title: 'Requests of every service go to where its tasks are',
  group: 'its services',
  needs: ['stacks'],
  async run(scene, say) {
    const services = (await scene.services()).filter(({ service }) => pairOf(service.loadBalancers));
    if (services.length === 0) return skipped('no service has its requests moved');
    say('elasticloadbalancing:DescribeRules');
    const ill = (await Promise.all(services.map((one) => astray(scene, one)))).flat();
    return ill.length > 0 ? ill : ok(counted(services.length, 'service'));
  },
};

async function astray(scene: Scene, { name, service }: DeployedService): Promise<Finding[]> {
  const session = await scene.open();
  const { elb } = session.aws;
  const pair = pairOf(service.loadBalancers)!;
  const { deployments = [], runningCount = 0 } = service;
  if (runningCount === 0 || deployments.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS')) return [];
  const serving = await servingGroups(session.aws, pair);
  const healthy = async (arn: string) =>
    (await elb.targetHealth(arn)).filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
  const [there, elsewhere] = await Promise.all([
    Promise.all(serving.map(healthy)),
    Promise.all([pair.primary, pair.alternate].filter((arn) => !serving.includes(arn)).map(healthy)),
  ]);
  const empty = serving[there.indexOf(0)];
  if (empty === undefined || elsewhere.every((count) => count === 0)) return [];
  return [
    sick({
      severity: 'error',
      subject: `services.${name}`,
      detail: `its rule sends requests to ${groupName(empty)}, where nothing is healthy; its healthy tasks are in the other target group`,
      evidence: [
        evidenceOf('elasticloadbalancing:DescribeRules', 'Rules[0].Actions[0].ForwardConfig.TargetGroups', serving),
        evidenceOf('elasticloadbalancing:DescribeTargetHealth', `healthy targets of ${groupName(empty)}`, 0),
      ],
      remedy: `platform redeploy ${name} ${environmentFlags(session.environment)} has ECS write the rule anew`,
    }),
  ];
}

/** `targetgroup/<name>/<id>`. */
const groupName = (arn: string): string => arn.split('/').slice(-2)[0] ?? arn;
