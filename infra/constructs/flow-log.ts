import { Construct } from 'constructs';
import { ec2, iam, logs } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import { allow, trust } from '../policy.ts';
import type { OnDelete } from '../setting-values.ts';

export interface FlowLogProps {
  vpcId: string;
  retentionDays: number;
  onDelete: OnDelete;
}

/** Who talked to whom in the VPC, kept in CloudWatch Logs. */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, { vpcId, retentionDays, onDelete }: FlowLogProps) {
    super(scope, id);
    const group = new logs.CfnLogGroup(this, 'LogGroup', { retentionInDays: retentionDays });
    leave(group, onDelete);
    const role = new iam.CfnRole(this, 'Role', {
      assumeRolePolicyDocument: trust('vpc-flow-logs.amazonaws.com'),
      policies: [
        {
          policyName: 'WriteFlowLog',
          policyDocument: allow([
            {
              actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
              resources: [group.attrArn],
            },
          ]),
        },
      ],
    });
    new ec2.CfnFlowLog(this, 'FlowLog', {
      resourceId: vpcId,
      resourceType: 'VPC',
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: group.attrArn,
      deliverLogsPermissionArn: role.attrArn,
    });
  }
}
