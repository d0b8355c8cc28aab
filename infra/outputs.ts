import { pascal } from './names.ts';

/** Parameters of a service's stack: what its rule gives the two target groups, in percent. */
export const WEIGHTS = { primary: 'WeightPrimary', alternate: 'WeightAlternate' } as const;

/**
 * Names of the stacks' outputs, written here once for the stacks that state them and for the CLI that reads them.
 * A name is what it holds followed by the block; no such word begins another, so two blocks never share a name.
 */
export const outputs = {
  images: {
    repositoryUri: (repository: string) => `RepositoryUri${pascal(repository)}`,
  },
  network: {
    vpcId: 'VpcId',
    /** From 1, in the order of the availability zones. */
    publicSubnet: (zone: number) => `PublicSubnet${zone}`,
    privateSubnet: (zone: number) => `PrivateSubnet${zone}`,
    isolatedSubnet: (zone: number) => `IsolatedSubnet${zone}`,
  },
  data: {
    /** Where applications connect: the proxy where there is one. */
    databaseHost: (name: string) => `DatabaseHost${pascal(name)}`,
    databaseReaderHost: (name: string) => `DatabaseReaderHost${pascal(name)}`,
    /** The cluster or instance itself, past the proxy. */
    databaseEndpoint: (name: string) => `DatabaseEndpoint${pascal(name)}`,
    /** Identifier in RDS. */
    databaseIdentifier: (name: string) => `DatabaseIdentifier${pascal(name)}`,
    databaseSecretArn: (name: string) => `DatabaseSecretArn${pascal(name)}`,
    databaseUrlSecretArn: (name: string) => `DatabaseUrlSecretArn${pascal(name)}`,
    /** Consumers add their own rule to it. */
    databaseSecurityGroup: (name: string) => `DatabaseSecurityGroup${pascal(name)}`,
    secretArn: (name: string) => `SecretArn${pascal(name)}`,
    bucketName: (name: string) => `BucketName${pascal(name)}`,
    /** Where load balancer and buckets write who asked for what. */
    accessLogBucket: 'AccessLogBucket',
  },
  messaging: {
    queueUrl: (name: string) => `QueueUrl${pascal(name)}`,
    queueArn: (name: string) => `QueueArn${pascal(name)}`,
    deadLetterQueueUrl: (name: string) => `DeadLetterQueueUrl${pascal(name)}`,
    deadLetterQueueArn: (name: string) => `DeadLetterQueueArn${pascal(name)}`,
    busName: (name: string) => `BusName${pascal(name)}`,
  },
  runtime: {
    clusterName: 'ClusterName',
    loadBalancerHost: 'LoadBalancerHost',
    loadBalancerArn: 'LoadBalancerArn',
    /** `app/<name>/<id>`, as metrics and scaling labels want it. */
    loadBalancerFullName: 'LoadBalancerFullName',
    /** Its canonical hosted zone, for alias records. */
    loadBalancerZone: 'LoadBalancerZone',
    loadBalancerSecurityGroup: 'LoadBalancerSecurityGroup',
    listenerArn: (port: number) => `ListenerArn${port}`,
    /** The secret that CloudFront sends along now. */
    originSecretArn: 'OriginSecretArn',
    /** Counts its rotations. */
    originGeneration: 'OriginGeneration',
    taskSecurityGroup: (component: string) => `TaskSecurityGroup${pascal(component)}`,
  },
  edge: {
    webAclArn: 'WebAclArn',
    /** ARN with its number: the only form in which CloudFront takes a function. */
    functionVersionArn: (name: string) => `FunctionVersionArn${pascal(name)}`,
    functionName: (name: string) => `FunctionName${pascal(name)}`,
  },
  sites: {
    url: (name: string) => `SiteUrl${pascal(name)}`,
    /** CloudFront's own name of it. */
    distributionHost: (name: string) => `DistributionHost${pascal(name)}`,
    distributionId: (name: string) => `DistributionId${pascal(name)}`,
    bucketName: (name: string) => `SiteBucket${pascal(name)}`,
  },
  tasks: {
    taskRoleArn: (component: string) => `TaskRoleArn${pascal(component)}`,
    executionRoleArn: (component: string) => `ExecutionRoleArn${pascal(component)}`,
    logGroup: (component: string) => `LogGroup${pascal(component)}`,
    /** ARN with revision of the task that migrations and `run` start. */
    oneOffTaskDefinition: (component: string) => `OneOffTaskDefinition${pascal(component)}`,
    /** All four together, where there are too many components for an output each. */
    component: (component: string) => `Component${pascal(component)}`,
  },
  service: {
    serviceName: 'ServiceName',
    taskDefinition: 'TaskDefinition',
    /** Name of the rule that starts a scheduled task. */
    scheduledRule: (task: string) => `ScheduledRule${pascal(task)}`,
    targetGroupArn: 'TargetGroupArn',
    url: 'Url',
    /** Of a service whose requests are moved: the group that takes turns with the other, and the rule of both. */
    alternateTargetGroupArn: 'AlternateTargetGroupArn',
    listenerRuleArn: 'ListenerRuleArn',
  },
  functions: {
    functionName: (name: string) => `FunctionName${pascal(name)}`,
    functionArn: (name: string) => `FunctionArn${pascal(name)}`,
    /** The number of the version that the alias `live` is to point to. */
    functionVersion: (name: string) => `FunctionVersion${pascal(name)}`,
    functionLogGroup: (name: string) => `FunctionLogGroup${pascal(name)}`,
    functionDeadLettersUrl: (name: string) => `FunctionDeadLettersUrl${pascal(name)}`,
    /** UUID of the event source mapping that reads the queue. */
    functionQueueReader: (name: string) => `FunctionQueueReader${pascal(name)}`,
    /** `<rule>`, or `<bus>|<rule>` on a bus of ours, as CloudFormation names rules. */
    functionRule: (name: string) => `FunctionRule${pascal(name)}`,
    /** Name of the schedule in the group `default` of EventBridge Scheduler, where its clock is that of a time zone. */
    functionSchedule: (name: string) => `FunctionSchedule${pascal(name)}`,
    /** What a site of kind next keeps its files in. */
    siteBucket: (name: string) => `SiteFiles${pascal(name)}`,
    /** Host of a URL of a site's function, by the function's name. */
    siteOriginHost: (name: string) => `SiteOriginHost${pascal(name)}`,
    apiUrl: (name: string) => `ApiUrl${pascal(name)}`,
    apiId: (name: string) => `ApiId${pascal(name)}`,
    apiAccessLog: (name: string) => `ApiAccessLog${pascal(name)}`,
    apiKeyId: (name: string) => `ApiKeyId${pascal(name)}`,
    /** What the domain has to lead to, and its hosted zone. */
    apiDomainTarget: (name: string) => `ApiDomainTarget${pascal(name)}`,
    apiDomainZone: (name: string) => `ApiDomainZone${pascal(name)}`,
    apiUserPoolId: (name: string) => `ApiUserPoolId${pascal(name)}`,
    apiUserPoolClientId: (name: string) => `ApiUserPoolClientId${pascal(name)}`,
  },
  observability: {
    topicArn: 'AlarmTopicArn',
    dashboardName: (kind: string) => `DashboardName${pascal(kind)}`,
  },
} as const;
