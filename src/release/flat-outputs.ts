import { outputs } from '../../infra/outputs.ts';

/** The blocks of a configuration whose names are looked for. */
export type BlockNames = Record<
  'databases' | 'secrets' | 'buckets' | 'queues' | 'buses' | 'services' | 'functions' | 'apis' | 'sites',
  object
>;

/**
 * The outputs of an environment's stacks under the names of the configuration: `services.web.url`. What a stack does
 * not state is left out. A contract of `outputs` and `deploy --json`.
 */
export function flatOutputs(
  blocks: BlockNames,
  outputsOf: (stack: string) => Readonly<Record<string, string>>,
): Record<string, string> {
  const { network, data, messaging, runtime, tasks, service, functions, sites, observability } = outputs;
  const each = (block: keyof BlockNames, stack: string, fields: Record<string, (name: string) => string>) =>
    Object.keys(blocks[block]).flatMap((name) =>
      Object.entries(fields).map(
        ([field, output]) => [`${block}.${name}.${field}`, outputsOf(stack)[output(name)]] as const,
      ),
    );
  const found = [
    ['network.vpcId', outputsOf('network')[network.vpcId]] as const,
    ['runtime.cluster', outputsOf('runtime')[runtime.clusterName]] as const,
    ['runtime.loadBalancerHost', outputsOf('runtime')[runtime.loadBalancerHost]] as const,
    ...each('databases', 'data', {
      host: data.databaseHost,
      readerHost: data.databaseReaderHost,
      endpoint: data.databaseEndpoint,
      identifier: data.databaseIdentifier,
      secretArn: data.databaseSecretArn,
      urlSecretArn: data.databaseUrlSecretArn,
    }),
    ...each('secrets', 'data', { arn: data.secretArn }),
    ...each('buckets', 'data', { name: data.bucketName }),
    ...each('queues', 'messaging', {
      url: messaging.queueUrl,
      arn: messaging.queueArn,
      deadLetterUrl: messaging.deadLetterQueueUrl,
    }),
    ...each('buses', 'messaging', { name: messaging.busName }),
    ...each('functions', 'functions', {
      // Of the alias: what is to be invoked.
      arn: functions.functionArn,
      name: functions.functionName,
      version: functions.functionVersion,
      logGroup: functions.functionLogGroup,
      deadLetterUrl: functions.functionDeadLettersUrl,
    }),
    ...each('apis', 'functions', {
      url: functions.apiUrl,
      id: functions.apiId,
      accessLog: functions.apiAccessLog,
      keyId: functions.apiKeyId,
      domainTarget: functions.apiDomainTarget,
      domainZone: functions.apiDomainZone,
      userPoolId: functions.apiUserPoolId,
      userPoolClientId: functions.apiUserPoolClientId,
    }),
    ...each('sites', 'sites', {
      url: sites.url,
      host: sites.distributionHost,
      distributionId: sites.distributionId,
      bucket: sites.bucketName,
    }),
    ...each('services', 'tasks', { taskRoleArn: tasks.taskRoleArn, logGroup: tasks.logGroup }),
    ['observability.accessLogs.bucket', outputsOf('data')[data.accessLogBucket]] as const,
    ['observability.alarmTopicArn', outputsOf('observability')[observability.topicArn]] as const,
    ...['operations', 'business', 'cost'].map(
      (kind) =>
        [`observability.dashboards.${kind}`, outputsOf('observability')[observability.dashboardName(kind)]] as const,
    ),
    ...Object.keys(blocks.services).flatMap((name) => {
      const own = outputsOf(`service-${name}`);
      return [
        [`services.${name}.url`, own[service.url]] as const,
        [`services.${name}.name`, own[service.serviceName]] as const,
        [`services.${name}.taskDefinition`, own[service.taskDefinition]] as const,
      ];
    }),
  ];
  return Object.fromEntries(found.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
