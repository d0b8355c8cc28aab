import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { servingBalancers, uncoveredHosts } from '../../../operations/services/look-at-balancers.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** A listener without a certificate for a host shows its default one, and browsers refuse it (F-72). */
export const listenerCertificates: Check = {
  id: 'listener-certificates',
  title: 'The load balancer has a certificate for every host',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const services = (await scene.services()).filter(({ targetGroupArn }) => targetGroupArn !== undefined);
    if (services.length === 0) return skipped('no service is reached by HTTP');
    const balancers = await scene.fact('balancers', () => servingBalancers(session, services));
    const { state } = await scene.state();
    const { looked, uncovered } = await uncoveredHosts(session, balancers, state.certificates);
    if (looked === 0) return skipped('no service is reached by HTTPS');
    if (uncovered.length === 0) return ok(counted(looked, 'host'));
    return uncovered.map(({ service, host, listener, shown, certificate }) =>
      sick({
        severity: 'error',
        subject: `services.${service}`,
        detail: `clients of ${host} are shown a certificate for ${shown.join(', ') || 'nobody'}, and refuse it`,
        evidence: [evidenceOf('elasticloadbalancing:DescribeListenerCertificates', listener, shown)],
        remedy: certificate
          ? `aws elbv2 add-listener-certificates --listener-arn ${listener} --certificates CertificateArn=${certificate}`
          : `platform deploy ${environmentFlags(session.environment)} requests its certificate and adds it`,
        failure: 'F-72',
        ...(certificate
          ? {
              fix: {
                handling: 'AUTO' as const,
                does: `add the certificate of ${host} to the listener`,
                apply: () => session.aws.elb.addListenerCertificate(listener, certificate),
              },
            }
          : {}),
      }),
    );
  },
};
