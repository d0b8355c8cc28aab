import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Retained } from '../../release/destroy-plan.ts';
import type { LedgerEntry } from '../../release/ledger.ts';
import type { Standing } from '../stacks/read-standing.ts';
import { lookAtLeft } from './left-things.ts';
import { DATABASES } from './what-stays.ts';

const STAND_IN_IT = new Set([...DATABASES, 'AWS::EC2::SecurityGroup']);

/**
 * Leaves out the network while a database that stays stands in it: AWS refuses to delete its subnets, when routes and
 * gateways are gone already. What stays of it is told with what else stays.
 */
export async function withoutGround(
  { aws, clock, environment }: Pick<Session, 'aws' | 'clock' | 'environment'>,
  standing: Standing,
  ledger: readonly LedgerEntry[],
): Promise<{ standing: Standing; ground: Retained[] }> {
  const network = standing.stacks.find(({ id }) => id === 'network');
  if (!network) return { standing, ground: [] };
  const staying = standing.resources.filter(({ type, fate }) => STAND_IN_IT.has(type) && fate === 'retained');
  const stayed = ledger.filter(({ type, region }) => STAND_IN_IT.has(type) && region === network.region);
  const found = [
    ...staying.map(({ type, physicalId }) => ({ type, id: physicalId })),
    ...(await Promise.all(stayed.map((entry) => lookAtLeft(aws, entry)))).filter((one) => one !== undefined),
  ];
  const one = found.find(({ type }) => DATABASES.has(type)) ?? found[0];
  if (!one) return { standing, ground: [] };
  const reason = DATABASES.has(one.type)
    ? `database ${one.id} stays and stands in it; once that is deleted, platform destroy takes this too`
    : `security group ${one.id} stays and stands in it; platform cleanup ${one.id} ${environmentFlags(environment)}, then platform destroy takes this too`;
  return {
    standing: {
      ...standing,
      stacks: standing.stacks.filter((stack) => stack !== network),
      resources: standing.resources.filter(({ stack }) => stack !== 'network'),
    },
    ground: [
      {
        type: 'AWS::CloudFormation::Stack',
        id: network.stackName,
        reason,
        monthlyCost: null,
        region: network.region,
        since: new Date(clock.now()).toISOString(),
        remove: null,
      },
    ],
  };
}
