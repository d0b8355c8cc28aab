import type { CreateServiceCommandInput } from '@aws-sdk/client-ecs';
import { invalid } from './faults.ts';

type Asked = Pick<
  CreateServiceCommandInput,
  'serviceConnectConfiguration' | 'volumeConfigurations' | 'vpcLatticeConfigurations' | 'gatewayConnectors'
>;

/** Refuses parts of a service that this sandbox would have to pass over in silence. */
export function refuseUnsimulated(asked: Asked): void {
  const parts = {
    'Service Connect': asked.serviceConnectConfiguration?.enabled,
    'EBS volumes': asked.volumeConfigurations?.length,
    'VPC Lattice': asked.vpcLatticeConfigurations?.length,
    'gateway connectors': asked.gatewayConnectors?.length,
  };
  const [unsimulated] = Object.entries(parts).find(([, wanted]) => wanted) ?? [];
  if (unsimulated) throw invalid(`This sandbox does not simulate ${unsimulated} of ECS services.`);
}
