import { type Json, listOf, mentions, ofType, PROD_WARNING, type Template, type TemplateRule } from './template.ts';

/** Tasks of a service that are always there: the bound of its scaling, else its own count. */
function leastTasks(template: Template, id: string, service: Json): number | undefined {
  const scaled = ofType(template, 'AWS::ApplicationAutoScaling::ScalableTarget').find(([, { ResourceId }]) =>
    mentions(ResourceId, id),
  );
  const count = scaled ? scaled[1].MinCapacity : service.DesiredCount;
  return typeof count === 'number' ? count : undefined;
}

/** What survives the loss of a machine or of an availability zone. */
export const AVAILABILITY_RULES: readonly TemplateRule[] = [
  {
    id: 'database-one-zone',
    title: 'Production databases survive the loss of an availability zone',
    severity: PROD_WARNING,
    remedy: 'Write readers: 1 for Aurora, multiAz: true for an instance',
    documentation: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html',
    same: 'prod-readers',
    findings: (template) => [
      ...ofType(template, 'AWS::RDS::DBCluster')
        .filter(
          ([id]) =>
            ofType(template, 'AWS::RDS::DBInstance').filter(([, { DBClusterIdentifier }]) =>
              mentions(DBClusterIdentifier, id),
            ).length < 2,
        )
        .map(([id]) => ({ id, message: 'The database runs on one machine' })),
      ...ofType(template, 'AWS::RDS::DBInstance')
        .filter(
          ([, { DBClusterIdentifier, SourceDBInstanceIdentifier, MultiAZ }]) =>
            !DBClusterIdentifier && !SourceDBInstanceIdentifier && MultiAZ !== true,
        )
        .map(([id]) => ({ id, message: 'The database runs in one availability zone' })),
    ],
  },
  {
    id: 'balancer-one-zone',
    title: 'Load balancers stand in two availability zones',
    severity: { staging: 'error', prod: 'error' },
    remedy: 'Name subnets of two availability zones',
    documentation: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-subnets.html',
    findings: (template) =>
      ofType(template, 'AWS::ElasticLoadBalancingV2::LoadBalancer')
        .filter(([, { Subnets }]) => Array.isArray(Subnets) && Subnets.length < 2)
        .map(([id]) => ({ id, message: 'The load balancer stands in one availability zone' })),
  },
  {
    id: 'service-one-zone',
    title: 'Services may run in two availability zones',
    severity: { staging: 'warning', prod: 'error' },
    remedy: 'Name subnets of two availability zones',
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html',
    findings: (template) =>
      ofType(template, 'AWS::ECS::Service')
        .filter(([, { NetworkConfiguration }]) => {
          const subnets = NetworkConfiguration?.AwsvpcConfiguration?.Subnets;
          return Array.isArray(subnets) && subnets.length < 2;
        })
        .map(([id]) => ({ id, message: 'All its tasks run in one availability zone' })),
  },
  {
    id: 'service-single-task',
    title: 'Production web services survive the loss of a task',
    severity: PROD_WARNING,
    remedy: 'Write scaling: { min: 2 }',
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html',
    same: 'prod-single-task',
    findings: (template) =>
      ofType(template, 'AWS::ECS::Service')
        .filter(
          ([id, service]) =>
            listOf(service.LoadBalancers).length > 0 &&
            (leastTasks(template, id, service) ?? Number.POSITIVE_INFINITY) < 2,
        )
        .map(([id]) => ({ id, message: 'One task answers everybody' })),
  },
  {
    id: 'rollout-gap',
    title: 'A deployment leaves tasks running that answer',
    severity: { dev: 'warning', staging: 'warning', prod: 'error' },
    remedy: 'Set DeploymentConfiguration.MinimumHealthyPercent to 100, and MaximumPercent above it',
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html',
    findings: (template) =>
      ofType(template, 'AWS::ECS::Service')
        .filter(([id, service]) => {
          const least = service.DeploymentConfiguration?.MinimumHealthyPercent;
          const tasks = leastTasks(template, id, service) ?? 1;
          return (
            listOf(service.LoadBalancers).length > 0 &&
            typeof least === 'number' &&
            Math.ceil((tasks * least) / 100) < 1
          );
        })
        .map(([id]) => ({ id, message: 'A deployment may stop every task before a new one answers' })),
  },
  {
    id: 'way-out-one-zone',
    title: 'Production keeps its way to the internet when an availability zone fails',
    severity: PROD_WARNING,
    remedy: 'Write nat: { gateways: 2 }',
    documentation: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html',
    same: 'prod-nat',
    findings: (template) => {
      const gateways = ofType(template, 'AWS::EC2::NatGateway');
      return gateways.length === 1
        ? gateways.map(([id]) => ({ id, message: 'It is the only way to the internet' }))
        : [];
    },
  },
  {
    id: 'queue-without-dead-letters',
    title: 'A message that cannot be handled is kept',
    severity: { staging: 'error', prod: 'error' },
    remedy: 'Remove dlq: false',
    documentation:
      'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
    same: 'queue-dlq',
    findings: (template) =>
      ofType(template, 'AWS::SQS::Queue')
        .filter(([id, { RedrivePolicy }]) => !RedrivePolicy && !takesDeadLetters(template, id))
        .map(([id]) => ({ id, message: 'A message that cannot be handled comes back until it expires' })),
  },
];

/** Whether anything of the template leaves there what it could not handle. */
const takesDeadLetters = (template: Template, id: string): boolean =>
  Object.values(template.Resources ?? {}).some(({ Properties }) => leavesAt(Properties, id));

function leavesAt(value: Json, id: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) =>
    /^(?:deadLetterTargetArn|DeadLetterConfig|OnFailure|DeadLetterQueue)$/i.test(key)
      ? mentions({ inner }, id)
      : leavesAt(inner, id),
  );
}
