import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { borrowedWays } from '../../../operations/services/zones-out.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** One NAT gateway for several zones is cheaper, and takes all of them with its own (F-135): for production alone a finding. */
export const waysOut: Check = {
  id: 'ways-out',
  title: 'A zone that fails takes the way out of no other with it',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const { environment } = session;
    const waived = environment.waivers.some(({ rule }) => rule === 'prod-nat');
    if (environment.kind !== 'prod' || environment.blocks.network.existing || waived)
      return skipped('only production has to outlive a zone, in a network of its own');
    const services = await scene.services();
    if (services.length === 0) return skipped('no service runs');
    const found = await borrowedWays(session, services);
    const [first] = found;
    if (!first) return ok('each zone goes out by itself');
    const zones = [...new Set(found.map(({ zone }) => zone))];
    return sick({
      severity: 'warning',
      subject: 'network',
      detail: `tasks in ${zones.join(', ')} go out through ${first.through}: when that zone fails, they reach nothing any more`,
      evidence: [evidenceOf('ec2:DescribeRouteTables', `0.0.0.0/0 of ${first.subnet}`, first.gateway)],
      remedy: `set network.nat: { gateways: ${zones.length + 1} }, then platform deploy ${environmentFlags(environment)}`,
      failure: 'F-135',
    });
  },
};
