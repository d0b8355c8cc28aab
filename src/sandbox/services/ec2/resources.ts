import type { ResourceProvider } from '../../kernel/resource-provider.ts';
import { eip } from './resources/eip.ts';
import { flowLog } from './resources/flow-log.ts';
import { instance } from './resources/instance.ts';
import { internetGateway } from './resources/internet-gateway.ts';
import { natGateway } from './resources/nat-gateway.ts';
import { networkInterface } from './resources/network-interface.ts';
import { route } from './resources/route.ts';
import { routeTable } from './resources/route-table.ts';
import { securityGroup } from './resources/security-group.ts';
import { securityGroupEgress, securityGroupIngress } from './resources/security-group-rule.ts';
import { subnet } from './resources/subnet.ts';
import { subnetRouteTableAssociation } from './resources/subnet-route-table-association.ts';
import { vpc } from './resources/vpc.ts';
import { vpcCidrBlock } from './resources/vpc-cidr-block.ts';
import { vpcEndpoint } from './resources/vpc-endpoint.ts';
import { vpcGatewayAttachment } from './resources/vpc-gateway-attachment.ts';

export const resources: Readonly<Record<string, ResourceProvider>> = {
  'AWS::EC2::EIP': eip,
  'AWS::EC2::FlowLog': flowLog,
  'AWS::EC2::Instance': instance,
  'AWS::EC2::InternetGateway': internetGateway,
  'AWS::EC2::NatGateway': natGateway,
  'AWS::EC2::NetworkInterface': networkInterface,
  'AWS::EC2::Route': route,
  'AWS::EC2::RouteTable': routeTable,
  'AWS::EC2::SecurityGroup': securityGroup,
  'AWS::EC2::SecurityGroupEgress': securityGroupEgress,
  'AWS::EC2::SecurityGroupIngress': securityGroupIngress,
  'AWS::EC2::Subnet': subnet,
  'AWS::EC2::SubnetRouteTableAssociation': subnetRouteTableAssociation,
  'AWS::EC2::VPC': vpc,
  'AWS::EC2::VPCCidrBlock': vpcCidrBlock,
  'AWS::EC2::VPCEndpoint': vpcEndpoint,
  'AWS::EC2::VPCGatewayAttachment': vpcGatewayAttachment,
};
