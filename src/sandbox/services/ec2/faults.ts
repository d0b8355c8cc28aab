import { AwsFault } from '../../kernel/fault.ts';

/** `*.NotFound` in the words EC2 uses for each kind of resource. */
export const missing = {
  vpc: (id: string) => new AwsFault('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`),
  subnet: (id: string) => new AwsFault('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`),
  routeTable: (id: string) => new AwsFault('InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`),
  internetGateway: (id: string) =>
    new AwsFault('InvalidInternetGatewayID.NotFound', `The internetGateway ID '${id}' does not exist`),
  natGateway: (id: string) => new AwsFault('NatGatewayNotFound', `The Nat Gateway ${id} was not found`),
  allocation: (id: string) => new AwsFault('InvalidAllocationID.NotFound', `The allocation ID '${id}' does not exist`),
  securityGroup: (id: string) => new AwsFault('InvalidGroup.NotFound', `The security group '${id}' does not exist`),
  rule: (id: string) =>
    new AwsFault('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`),
  networkInterface: (id: string) =>
    new AwsFault('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`),
  vpcEndpoint: (id: string) =>
    new AwsFault('InvalidVpcEndpointId.NotFound', `The Vpc Endpoint Id '${id}' does not exist`),
  flowLog: (id: string) => new AwsFault('InvalidFlowLogId.NotFound', `The flow log ID '${id}' does not exist`),
  instance: (id: string) => new AwsFault('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`),
  association: (id: string) =>
    new AwsFault('InvalidAssociationID.NotFound', `The association ID '${id}' does not exist`),
  networkAcl: (id: string) => new AwsFault('InvalidNetworkAclID.NotFound', `The networkAcl ID '${id}' does not exist`),
};

export const missingParameter = (name: string) =>
  new AwsFault('MissingParameter', `The request must contain the parameter ${name}`);

export const invalidValue = (value: unknown, parameter: string, reason: string) =>
  new AwsFault('InvalidParameterValue', `Value (${value}) for parameter ${parameter} is invalid. ${reason}`);

export const dependencyViolation = (kind: string, id: string) =>
  new AwsFault('DependencyViolation', `The ${kind} '${id}' has dependencies and cannot be deleted.`);

/** The value of a parameter that EC2 insists on. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}

/** For a wish that AWS would grant and the sandbox cannot: said plainly instead of pretending. */
export const notSimulated = (what: string) =>
  new AwsFault('UnsupportedOperation', `The sandbox does not simulate ${what}.`);
