import type { Session } from '../../context.ts';
import type { Evidence, Unseen } from '../../diagnosis/cause.ts';
import { type NetworkPath, networkPath } from '../../diagnosis/collect/network-path.ts';
import { atAws, patientOf } from '../../diagnosis/judge/patient.ts';
import { wayTo } from '../../diagnosis/judge/way-to-service.ts';
import { look, unseenOf } from '../../diagnosis/look.ts';
import { secretReferencesOf } from '../../domain/secrets/secret-references.ts';
import type { DeployedService } from './deployed-services.ts';
import type { Startable } from './start-problems.ts';

export interface BrokenWay {
  name: string;
  /** `ecr.api`. */
  service: string;
  what: string;
  evidence: Evidence;
  remedy: string;
}

export interface WalkedWays {
  broken: BrokenWay[];
  /** What of their ways could not be looked at. */
  unseen: Unseen[];
  walked: number;
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'signal'>;

/**
 * From where fresh tasks would stand to what they need before their container starts: the registry, its layers, their
 * secrets, their log (F-45). What runs already has all that, and would not notice.
 */
export async function walkToAws(
  powers: Powers,
  services: readonly (DeployedService & Startable)[],
): Promise<WalkedWays> {
  const { environment } = powers;
  const asked = services.flatMap(({ name, service, definition }) => {
    const network = service.networkConfiguration?.awsvpcConfiguration;
    return (network?.subnets ?? []).map((subnet) => ({ name, subnet, definition, network: network! }));
  });
  const [first] = asked;
  if (!first) return { broken: [], unseen: [], walked: 0 };
  // All of an environment stands in one VPC, which is read once for all of its services.
  const groups = [...new Set(asked.flatMap(({ network }) => network.securityGroups ?? []))];
  const around = await networkPath(powers, { subnet: first.subnet, groups, publicIp: false });
  const subnets = new Map<string, Promise<NetworkPath['subnet']>>();
  const subnetOf = (id: string) => {
    const known =
      subnets.get(id) ??
      look(powers, { what: `subnet ${id}`, call: 'ec2:DescribeSubnets' }, () => powers.aws.ec2.subnet(id));
    subnets.set(id, known);
    return known;
  };
  const found: WalkedWays = { broken: [], unseen: [], walked: 0 };
  for (const { name, subnet, network, definition } of asked) {
    const place = {
      subnet,
      groups: network.securityGroups ?? [],
      publicIp: network.assignPublicIp === 'ENABLED',
    };
    const patient = patientOf(environment, name);
    const { foreignNetwork: foreign, natWanted, flags } = patient;
    const path = { ...around, place, subnet: await subnetOf(subnet) };
    for (const service of neededBy(definition)) {
      found.walked += 1;
      const way = wayTo(path, service, { foreign, natWanted, flags });
      if (way.state === 'unseen') {
        const { place: _, ...looks } = path;
        const more = unseenOf(Object.values(looks));
        found.unseen.push(...more.filter(({ what }) => !found.unseen.some((one) => one.what === what)));
      }
      if (way.state !== 'broken') continue;
      // One hop may close the way to everything, from every subnet: it is told once.
      const { what, evidence } = way.broken;
      const remedy = atAws(patient, way.broken.remedy);
      const told = found.broken.some((one) => one.name === name && one.remedy === remedy);
      if (!told) found.broken.push({ name, service, what, evidence, remedy });
    }
  }
  return found;
}

function neededBy(definition: Startable['definition']): string[] {
  const containers = definition?.containerDefinitions ?? [];
  const fromEcr = containers.some(({ image = '' }) => /\.dkr\.ecr\./.test(image));
  const logs = containers.some(({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs');
  return [
    ...(fromEcr ? ['ecr.api', 'ecr.dkr', 's3'] : []),
    ...(secretReferencesOf(definition).length > 0 ? ['secretsmanager'] : []),
    ...(logs ? ['logs'] : []),
  ];
}
