import { humanName } from '../../infra/describe-resource.ts';
import type { Plan } from './plan.ts';

/** Property that holds a name which only one of its kind may have, by the types that our stacks make. */
const NAME_OF: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::EC2::SecurityGroup': 'GroupName',
  'AWS::ECR::Repository': 'RepositoryName',
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::ECS::Service': 'ServiceName',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Name',
  'AWS::ElasticLoadBalancingV2::TargetGroup': 'Name',
  'AWS::Events::Archive': 'ArchiveName',
  'AWS::Events::EventBus': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::RDS::DBProxy': 'DBProxyName',
  'AWS::RDS::DBSubnetGroup': 'DBSubnetGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::WAFv2::WebACL': 'Name',
};

export interface BlockedReplacement {
  stack: string;
  logicalId: string;
  /** What it is to a person. */
  resource: string;
  name: string;
  /** False: CloudFormation decides on the change set. */
  certain: boolean;
}

/**
 * Replacements that a fixed name keeps from being made: the new resource comes before the old one goes, and finds the
 * name taken. CloudFormation refuses them ("cannot update a stack when a custom-named resource requires replacing").
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
 */
export const blockedReplacements = ({ stacks }: Pick<Plan, 'stacks'>): BlockedReplacement[] =>
  stacks.flatMap((stack) =>
    stack.changes.flatMap(({ id, type, change, replacement, properties }): BlockedReplacement[] => {
      const property = NAME_OF[type];
      if (change !== 'modify' || replacement === 'never' || !property) return [];
      const name: unknown = stack.template.Resources?.[id]?.Properties?.[property];
      if (typeof name !== 'string' || properties.some((changed) => changed.name === property)) return [];
      return [
        {
          stack: stack.id,
          logicalId: id,
          resource: humanName(stack.template, id),
          name,
          certain: replacement === 'always',
        },
      ];
    }),
  );

export const blockedText = ({ resource, name, certain }: BlockedReplacement): string =>
  `${resource} ${certain ? 'has' : 'may have'} to be replaced, and its fixed name ${name} is in the way: the new one would be made before the old one goes (F-10)`;

export const BLOCKED_REMEDY =
  'give it another name in platform.yaml, or none, which lets AWS choose one; or take back what replaces it';
