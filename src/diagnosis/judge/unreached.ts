import type { Cause, Evidence } from '../cause.ts';
import type { NetworkPath } from '../collect/network-path.ts';
import { certain, type Patient, possible } from './patient.ts';
import { wayTo } from './way-to-service.ts';

/** F-45: the hop at which a task's connection to a service ends. */
export function judgeUnreached(
  patient: Patient,
  { said, services, path }: { said: Evidence; services: readonly string[]; path: NetworkPath | undefined },
): Cause {
  const { foreignNetwork: foreign, natWanted, flags } = patient;
  const ways = services.map((service) => ({
    service,
    way: path && wayTo(path, service, { foreign, natWanted, flags }),
  }));
  for (const { service, way } of ways) {
    if (way?.state !== 'broken') continue;
    const { what, evidence, remedy } = way.broken;
    return certain(
      patient,
      {
        id: 'F-45',
        what: `its tasks do not reach ${service}: ${what}`,
        remedy: `${remedy}; then ${patient.again}`,
        // What is being made will be there in a minute.
        recurs: /pending/i.test(evidence.value) ? 'maybe' : 'always',
      },
      [said, evidence],
    );
  }
  const open = ways.every(({ way }) => way?.state === 'open');
  return possible(
    patient,
    {
      id: 'F-45',
      what: open
        ? `its tasks did not reach ${services.join(', ')}, though routes, groups and names let them: a network ACL, a firewall, or AWS itself`
        : `its tasks do not reach ${services.join(', ')}, and not every hop of their way could be looked at`,
      remedy: open
        ? `look at the network ACLs and firewalls of ${path?.place.subnet}, then ${patient.again}`
        : `look at the routes, endpoints and security groups of the tasks' subnets, then ${patient.again}`,
      recurs: 'maybe',
    },
    [said],
  );
}
