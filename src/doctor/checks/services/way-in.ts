import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { closedDoors } from '../../../operations/services/closed-doors.ts';
import { servingBalancers } from '../../../operations/services/look-at-balancers.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const wayIn: Check = {
  id: 'way-in',
  title: 'Requests get to the load balancer',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const services = (await scene.services()).filter(({ targetGroupArn }) => targetGroupArn !== undefined);
    if (services.length === 0) return skipped('no service is reached by HTTP');
    const balancers = await scene.fact('balancers', () => servingBalancers(session, services));
    const found = await closedDoors(session, balancers);
    if (found.length === 0) return ok(counted(balancers.length, 'load balancer'));
    return found.map(({ balancer, groups, port }) =>
      sick({
        severity: 'error',
        subject: balancer.services.map(({ name }) => `services.${name}`).join(', '),
        detail:
          port === undefined
            ? `${balancer.name} has no listener, so that nothing takes their requests`
            : `no rule of ${groups.join(', ')} lets anybody in to port ${port} of the load balancer`,
        evidence: [
          port === undefined
            ? evidenceOf('elasticloadbalancing:DescribeListeners', `Listeners of ${balancer.name}`, [])
            : evidenceOf('ec2:DescribeSecurityGroupRules', `ingress of ${groups.join(', ')} on ${port}`, []),
        ],
        remedy:
          port === undefined
            ? `platform recover runtime ${environmentFlags(session.environment)} makes it again`
            : `aws ec2 authorize-security-group-ingress --group-id ${groups[0]} --ip-permissions IpProtocol=tcp,FromPort=${port},ToPort=${port},IpRanges=[{CidrIp=0.0.0.0/0}]; where only CloudFront may come in, PrefixListIds=[{PrefixListId=<its list>}] instead`,
        failure: 'F-19',
      }),
    );
  },
};
