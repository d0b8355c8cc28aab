import { AwsFault } from '../../kernel/fault.ts';
import type { Scope, TableDefinition } from '../../kernel/scope.ts';
import { missing } from './faults.ts';
import {
  addresses,
  flowLogs,
  instances,
  internetGateways,
  natGateways,
  networkAcls,
  networkInterfaces,
  routeTables,
  rules,
  securityGroups,
  subnets,
  vpcEndpoints,
  vpcs,
} from './state.ts';

interface Kind {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: only asked whether an id is there
  table: TableDefinition<any>;
  missing: (id: string) => AwsFault;
}

const KINDS: Readonly<Record<string, Kind>> = {
  vpc: { type: 'vpc', table: vpcs, missing: missing.vpc },
  subnet: { type: 'subnet', table: subnets, missing: missing.subnet },
  rtb: { type: 'route-table', table: routeTables, missing: missing.routeTable },
  igw: { type: 'internet-gateway', table: internetGateways, missing: missing.internetGateway },
  nat: { type: 'natgateway', table: natGateways, missing: missing.natGateway },
  eipalloc: { type: 'elastic-ip', table: addresses, missing: missing.allocation },
  sg: { type: 'security-group', table: securityGroups, missing: missing.securityGroup },
  sgr: { type: 'security-group-rule', table: rules, missing: missing.rule },
  eni: { type: 'network-interface', table: networkInterfaces, missing: missing.networkInterface },
  vpce: { type: 'vpc-endpoint', table: vpcEndpoints, missing: missing.vpcEndpoint },
  fl: { type: 'vpc-flow-log', table: flowLogs, missing: missing.flowLog },
  i: { type: 'instance', table: instances, missing: missing.instance },
  acl: { type: 'network-acl', table: networkAcls, missing: missing.networkAcl },
};

/** The type under which DescribeTags lists a resource. Throws its `NotFound`, or InvalidID for ids of nothing. */
export function taggableType(scope: Scope, id: string): string {
  const kind = KINDS[id.split('-')[0]!];
  if (!kind || !id.includes('-')) throw new AwsFault('InvalidID', `The ID '${id}' is not valid`);
  if (!kind.table.in(scope).has(id)) throw kind.missing(id);
  return kind.type;
}
