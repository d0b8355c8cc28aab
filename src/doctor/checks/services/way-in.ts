import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { closedDoors } from '../../../operations/services/closed-doors.ts';
import { servingBalancers } from '../../../operations/services/look-at-balancers.ts';
import { lostListeners } from '../../../operations/services/lost-listeners.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import { recoverFix } from '../../recover-fix.ts';
import type { Scene } from '../../scene.ts';

export const wayIn: Check = {
  id: 'way-in',
  title: 'Requests get to the load balancer',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const services = (await scene.services()).filter(({ targetGroupArn }) => targetGroupArn !== undefined);
    if (services.length === 0) return skipped('no service is reached by HTTP');
    const runtime = (await scene.stacks()).find(({ id }) => id === 'runtime');
    const lost = runtime ? await lostListeners(session, runtime) : [];
    if (lost.length > 0) return gone(scene, lost);
    const balancers = await scene.fact('balancers', () => servingBalancers(session, services));
    const found = await closedDoors(session, balancers);
    if (found.length === 0) return ok(counted(balancers.length, 'load balancer'));
    return found.map(({ balancer, groups, port }) =>
      sick({
        severity: 'error',
        subject: balancer.services.map(({ name }) => `services.${name}`).join(', '),
        detail: `no rule of ${groups.join(', ')} lets anybody in to port ${port} of the load balancer`,
        evidence: [evidenceOf('ec2:DescribeSecurityGroupRules', `ingress of ${groups.join(', ')} on ${port}`, [])],
        remedy: `aws ec2 authorize-security-group-ingress --group-id ${groups[0]} --ip-permissions IpProtocol=tcp,FromPort=${port},ToPort=${port},IpRanges=[{CidrIp=0.0.0.0/0}]; where only CloudFront may come in, PrefixListIds=[{PrefixListId=<its list>}] instead`,
        failure: 'F-19',
      }),
    );
  },
};

async function gone(scene: Scene, listeners: readonly string[]): Promise<Finding[]> {
  const flags = environmentFlags((await scene.open()).environment);
  const recover = await recoverFix(scene, 'runtime');
  return listeners.map((listener) =>
    sick({
      severity: 'error',
      subject: listener,
      detail: 'this listener is gone, and its stack does not know: nothing takes the requests of services',
      evidence: [evidenceOf('elasticloadbalancing:DescribeListeners', listener, undefined)],
      remedy: `platform recover runtime ${flags}, then platform deploy ${flags}, which leads services to the new one`,
      failure: 'F-19',
      ...recover,
    }),
  );
}
