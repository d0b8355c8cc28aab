import { Construct } from 'constructs';
import { ec2 } from '../aws-cdk.ts';
import type { FunctionSettings } from '../function-settings.ts';
import type { Links } from '../links.ts';
import { subnetIds, vpcId } from '../placement.ts';
import type { Use } from '../setting-values.ts';
import type { AppSettings } from '../settings.ts';
import { letIntoDatabases } from './let-into-databases.ts';

export interface FunctionNetworkProps {
  links: Links;
  settings: AppSettings;
  name: string;
  fn: FunctionSettings;
}

/** A database is reached from within its VPC only: whoever uses one is placed there (S2-53). */
export const isInVpc = (fn: FunctionSettings): boolean =>
  (fn.inVpc ?? false) || reached(fn).some(({ kind }) => kind === 'database');

/** What it connects to: beside what it uses, the database whose password it rotates. */
const reached = ({ uses, rotation }: FunctionSettings): readonly Use[] =>
  rotation?.does === 'rotate' ? [...uses, { kind: 'database', name: rotation.database }] : uses;

/**
 * Where a function stands in the VPC, and its way into databases. In private subnets whatever the tasks do: an interface
 * of Lambda has no public address, so a public subnet would lead nowhere (F-102).
 */
export class FunctionNetwork extends Construct {
  readonly config: { subnetIds: string[]; securityGroupIds: string[] };

  constructor(scope: Construct, id: string, { links, settings, name, fn }: FunctionNetworkProps) {
    super(scope, id);
    const group = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId: vpcId(links, settings),
      groupDescription: `Function ${name}: out to anywhere, in from no one`,
      securityGroupEgress: [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'to anywhere' }],
    });
    const who = `${settings.environment} function ${name}`;
    letIntoDatabases(this, { links, settings, uses: reached(fn), groupId: () => group.attrGroupId, who });
    this.config = { subnetIds: subnetIds(links, settings, 'private'), securityGroupIds: [group.attrGroupId] };
  }
}
