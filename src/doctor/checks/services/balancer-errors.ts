import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { type BalancerErrors, balancerErrors } from '../../../operations/services/count-balancer-errors.ts';
import { servingBalancers } from '../../../operations/services/look-at-balancers.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** What stands behind each, by AWS: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
const BEHIND: Record<BalancerErrors['code'], { what: string; remedy: (names: string, flags: string) => string }> = {
  502: {
    what: 'a target closed the connection, or answered with what is no HTTP',
    remedy: (names) =>
      `keep connections of ${names} open for longer than the 60 seconds that the load balancer keeps them (Node: server.keepAliveTimeout = 65_000; gunicorn: --keep-alive 65)`,
  },
  503: {
    what: 'it had no target to send a request to',
    remedy: (names, flags) => `platform doctor ${flags} --only service-tasks says why no task of ${names} was healthy`,
  },
  504: {
    what: 'a target did not answer in time, or could not be reached',
    remedy: (names, flags) =>
      `platform logs ${names.split(', ')[0]} ${flags} shows what takes longer than 60 seconds: answer sooner, and do the rest in a queue`,
  },
};

export const balancerAnswers: Check = {
  id: 'balancer-errors',
  title: 'The load balancer passed on every request of the last hour',
  group: 'its services',
  needs: ['stacks'],
  async run(scene, say) {
    const session = await scene.open();
    const services = (await scene.services()).filter(({ targetGroupArn }) => targetGroupArn !== undefined);
    if (services.length === 0) return skipped('no service is reached by HTTP');
    say('cloudwatch:GetMetricStatistics');
    const balancers = await scene.fact('balancers', () => servingBalancers(session, services));
    const found = await balancerErrors(session, balancers);
    if (found.length === 0) return ok('no 502, 503 or 504 of its own');
    const flags = environmentFlags(session.environment);
    return found.map(({ balancer, code, count, metric, ofTargets }) => {
      const names = balancer.services.map(({ name }) => name).join(', ');
      const { what, remedy } = BEHIND[code];
      return sick({
        severity: 'warning',
        subject: balancer.services.length === 1 ? `services.${names}` : 'services',
        detail: `in the last hour the load balancer itself answered ${count} ${count === 1 ? 'request' : 'requests'} with ${code}: ${what}`,
        evidence: [
          evidenceOf('cloudwatch:GetMetricStatistics', `${metric} of ${balancer.name}`, count),
          evidenceOf('cloudwatch:GetMetricStatistics', `HTTPCode_Target_5XX_Count of ${balancer.name}`, ofTargets),
        ],
        remedy: remedy(names, flags),
        failure: 'F-73',
      });
    });
  },
};
