/** Where a template says what a resource is to a person. */
export const NAME_KEY = 'platform:name';

interface Template {
  Resources?: Record<string, { Type?: string; Metadata?: Record<string, unknown> } | undefined>;
}

/** What a resource is to a person, as its template says; its type's own words for templates of others. */
export function humanName(template: Template, logicalId: string): string {
  const resource = template.Resources?.[logicalId];
  const name = resource?.Metadata?.[NAME_KEY];
  return typeof name === 'string' ? name : `${typeWords(resource?.Type ?? 'resource')} ${logicalId}`;
}

/**
 * Names a resource by its address: the stack's id and the path of constructs below it, `service-web` and
 * `Route/TargetGroup`.
 */
export function describeResource(stack: string, path: string, type: string): string {
  const service = /^service-(.+)$/.exec(stack)?.[1];
  for (const [pattern, sentence] of service ? SERVICE : (PATHS[stack] ?? [])) {
    const match = pattern.exec(path);
    if (match) return sentence(service ?? block(match[1]), match[2] ?? match[1] ?? '');
  }
  return `${service ?? block(path.split('/')[0])} ${typeWords(type)}`;
}

/** The block's name behind a construct's: `AuditLog` is `audit-log`. */
const block = (id = ''): string => id.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** `AWS::EC2::SecurityGroupIngress` in words: `security group ingress`. */
const typeWords = (type: string): string =>
  (type.split('::').at(-1) ?? type)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase();

type Rule = readonly [pattern: RegExp, sentence: (name: string, detail: string) => string];

const SERVICE: readonly Rule[] = [
  [/^Run\/Service$/, (name) => `${name} service`],
  [/^Task\//, (name) => `${name} task definition`],
  [/^Route\/TargetGroup$/, (name) => `${name} target group`],
  [/^Route\/Rule$/, (name) => `${name} listener rule`],
  [/^Route\/Redirect$/, (name) => `${name} redirect to HTTPS`],
  [/^Route\/Certificate$/, (name) => `${name} certificate on the listener`],
  [/^Route\/FromLoadBalancer$/, (name) => `${name} way in from the load balancer`],
  [/^Route\/ToTasks$/, (name) => `load balancer's way to ${name}`],
  [/^Scaling\/Target$/, (name) => `${name} task bounds`],
  [/^Scaling\/(.+)$/, (name, detail) => `${name} scaling on ${detail.toLowerCase()}`],
];

const PATHS: Readonly<Record<string, readonly Rule[]>> = {
  images: [[/^(.+)\/Repository$/, (name) => `image repository ${name}`]],
  network: [
    [/^Vpc\/Vpc$/, () => 'VPC'],
    [/^Vpc\/(Public|Private|Isolated)(\d)\/Subnet$/, (name, zone) => `${name} subnet ${zone}`],
    [/^Vpc\/(Public|Private|Isolated)(\d)\/RouteTable$/, (name, zone) => `${name} route table ${zone}`],
    [/^Vpc\/(Public|Private|Isolated)(\d)\/Association$/, (name, zone) => `${name} route table ${zone} in use`],
    [/^Vpc\/(Public|Private|Isolated)(\d)\/Internet$/, (name, zone) => `${name} subnet ${zone}'s way out`],
    [/^Vpc\/InternetGatewayAttachment$/, () => 'internet gateway in the VPC'],
    [/^Vpc\/InternetGateway$/, () => 'internet gateway'],
    [/^NatGateways\/Gateway(\d)$/, (_, number) => `NAT gateway ${number}`],
    [/^NatGateways\/Address(\d)$/, (_, number) => `address of NAT gateway ${number}`],
    [/^NatInstance\/Instance$/, () => 'NAT instance'],
    [/^NatInstance\/(.+)$/, (name) => `NAT instance's ${name.replaceAll('-', ' ')}`],
    [/^Endpoints\/SecurityGroup$/, () => 'endpoints security group'],
    [/^Endpoints\/(.+)$/, (name) => `endpoint ${name}`],
    [/^FlowLog\/FlowLog$/, () => 'flow log'],
    [/^FlowLog\/(.+)$/, (name) => `flow log's ${name.replaceAll('-', ' ')}`],
  ],
  data: [
    [/^Shared\/(.+)$/, (name) => `shared ${name.replaceAll('-', ' ')}`],
    [/^Database(.+)\/(?:Aurora|Postgres)\/(?:Cluster|Instance)$/, (name) => `database ${name}`],
    [/^Database(.+)\/Aurora\/Writer$/, (name) => `database ${name} writer`],
    [
      /^Database(.+)\/(?:Aurora|Postgres)\/(?:Reader|Replica)(\d+)$/,
      (name, number) => `database ${name} reader ${number}`,
    ],
    [/^Database(.+)\/(?:Aurora|Postgres)\/Parameters$/, (name) => `database ${name} parameters`],
    [/^Database(.+)\/Credentials\/Secret$/, (name) => `database ${name} credentials`],
    [/^Database(.+)\/Credentials\/UrlSecret$/, (name) => `database ${name} URL`],
    [/^Database(.+)\/Credentials\/Attachment$/, (name) => `database ${name} address in its credentials`],
    [/^Database(.+)\/Proxy\/Proxy$/, (name) => `database ${name} proxy`],
    [/^Database(.+)\/Proxy\/Targets$/, (name) => `database ${name} proxy's targets`],
    [/^Database(.+)\/Proxy\/Role$/, (name) => `database ${name} proxy's role`],
    [/^Database(.+)\/Ground\/Subnets$/, (name) => `database ${name} subnets`],
    [/^Database(.+)\/Ground\/SecurityGroup$/, (name) => `database ${name} security group`],
    [/^Database(.+)\/Ground\/MonitoringRole$/, (name) => `database ${name} monitoring role`],
    [/^Database(.+)\/Ground\/FromProxy$/, (name) => `database ${name} way in for its proxy`],
    [/^Database(.+)\/Ground\/FromProxyOut$/, (name) => `database ${name} proxy's way to it`],
    [/^Secret(.+)\/Secret$/, (name) => `secret ${name}`],
    [/^Bucket(.+)\/Bucket$/, (name) => `bucket ${name}`],
    [/^Bucket(.+)\/Policy$/, (name) => `bucket ${name} policy`],
  ],
  messaging: [
    [/^Queue(.+)\/Queue$/, (name) => `queue ${name}`],
    [/^Queue(.+)\/QueuePolicy$/, (name) => `queue ${name} policy`],
    [/^Queue(.+)\/DeadLetters$/, (name) => `dead letters of queue ${name}`],
    [/^Queue(.+)\/DeadLettersPolicy$/, (name) => `dead letters of queue ${name} policy`],
    [/^Buses\/(.+)$/, (name) => `event bus ${name}`],
    [/^Archives\/(.+)$/, (name) => `archive of event bus ${name}`],
  ],
  runtime: [
    [/^Shared\/(.+)$/, (name) => `shared ${name.replaceAll('-', ' ')}`],
    [/^Cluster$/, () => 'cluster'],
    [/^SecurityGroups\/(.+)$/, (name) => `${name} security group`],
    [/^Firewall\/(.+)$/, (part) => `firewall of the load balancer ${part}`],
    [/^Guarded$/, () => 'firewall before the load balancer'],
    [/^OriginSecrets\/(.+)$/, (generation) => `what CloudFront is known by ${generation}`],
    [/^LoadBalancer\/LoadBalancer$/, () => 'load balancer'],
    [/^LoadBalancer\/SecurityGroup$/, () => 'load balancer security group'],
    [/^LoadBalancer\/Listener(\d+)$/, (_, port) => `listener on port ${port}`],
  ],
  edge: [
    [/^Firewall\/(.+)$/, (part) => `firewall of the sites ${part}`],
    [/^([^/]+)\/Function$/, (name) => `function at the edge ${name}`],
    [/^([^/]+)\/Role$/, (name) => `function at the edge ${name} role`],
    [/^([^/]+)\/Log$/, (name) => `function at the edge ${name} right to write its logs`],
    [/^([^/]+)\/Versions\//, (name) => `function at the edge ${name} version`],
  ],
  sites: [
    [/^Logs\/Bucket$/, () => 'access logs'],
    [/^Logs\/Policy$/, () => 'access logs policy'],
    [/^Site(.+)\/Cdn\/Distribution$/, (name) => `site ${name} distribution`],
    [/^Site(.+)\/Files\/Bucket$/, (name) => `site ${name} files`],
    [/^Site(.+)\/Reads\/Policy$/, (name) => `site ${name} files policy`],
    [/^Site(.+)\/Fallback$/, (name) => `site ${name} page of every path`],
    [/^Site(.+)\/Pages$/, (name) => `site ${name} what its pages are kept by`],
    [/^Site(.+)\/Host$/, (name) => `site ${name} host for its servers`],
    [/^Site(.+)\/Invoke$/, (name) => `site ${name} access to its servers`],
    [/^Site(.+)\/(?:Url|Invoke)(.+)$/, (name, origin) => `site ${name} CloudFront's right to call ${block(origin)}`],
    [/^Site(.+)\/Access$/, (name) => `site ${name} access to its files`],
    [/^Site(.+)\/Headers$/, (name) => `site ${name} response headers`],
    [/^Reads(.+)\/Policy$/, (name) => `bucket ${name} policy for CloudFront`],
  ],
  tasks: [
    [/^([^/]+)\/Log$/, (name) => `${name} log`],
    [/^([^/]+)\/Roles\/TaskRole$/, (name) => `${name} task role`],
    [/^([^/]+)\/Roles\/ExecutionRole$/, (name) => `${name} execution role`],
    [/^([^/]+)\/Access\/(.+)$/, (name, database) => `${name} way in to database ${block(database)}`],
    [/^([^/]+)\/OneOff\//, (name) => `${name} one-off task definition`],
  ],
  functions: [
    [/^Functions\/([^/]+)\/Function$/, (name) => `function ${name}`],
    [/^Functions\/([^/]+)\/Log$/, (name) => `function ${name} log`],
    [/^Functions\/([^/]+)\/Role\/Role$/, (name) => `function ${name} role`],
    [/^Functions\/([^/]+)\/Versions\//, (name) => `function ${name} version`],
    [/^Functions\/([^/]+)\/Alias$/, (name) => `function ${name} alias`],
    [/^Functions\/([^/]+)\/DeadLetters\/Queue$/, (name) => `function ${name} dead letters`],
    [/^Functions\/([^/]+)\/DeadLetters\/Policy$/, (name) => `function ${name} dead letters policy`],
    [/^Functions\/([^/]+)\/Invocations$/, (name) => `function ${name} retries`],
    [/^Functions\/([^/]+)\/Trigger\/Queue$/, (name) => `function ${name} queue reader`],
    [/^Functions\/([^/]+)\/Trigger\/Rule$/, (name) => `function ${name} rule`],
    [/^Functions\/([^/]+)\/Trigger\/Invoke$/, (name) => `function ${name} way in for its rule`],
    [/^Functions\/([^/]+)\/Network\/SecurityGroup$/, (name) => `function ${name} security group`],
    [
      /^Functions\/([^/]+)\/Network\/(.+)$/,
      (name, database) => `function ${name} way in to database ${block(database)}`,
    ],
    [/^Functions\/([^/]+)\/Rollout\/Steps$/, (name) => `function ${name} traffic steps`],
    [/^Functions\/([^/]+)\/Rollout\/Group$/, (name) => `function ${name} traffic group`],
    [/^Functions\/([^/]+)\/Rollout\/Alarm(.+)$/, (name, alarm) => `function ${name} rollout alarm ${block(alarm)}`],
    [/^Apis\/([^/]+)\/Api$/, (name) => `API ${name}`],
    [/^Apis\/([^/]+)\/Users\/Pool$/, (name) => `users of API ${name}`],
    [/^Apis\/([^/]+)\/Users\/(.+)$/, (name, part) => `users of API ${name} ${part.toLowerCase()}`],
    [/^Apis\/([^/]+)\/(?:Stage|Answers)\/Access\/Group$/, (name) => `API ${name} access log`],
    [/^Apis\/([^/]+)\/Answers\/Deployment/, (name) => `API ${name} deployment`],
    [/^Apis\/([^/]+)\/Answers\/(.+)$/, (name, part) => `API ${name} ${block(part).replaceAll('-', ' ')}`],
    [/^Apis\/([^/]+)\/Stage\/Stage$/, (name) => `API ${name} stage`],
    [/^Apis\/([^/]+)\/Stage\/Execution\/Group$/, (name) => `API ${name} execution log`],
    [/^Apis\/([^/]+)\/Domain\/Name$/, (name) => `API ${name} domain`],
    [/^Apis\/([^/]+)\/Domain\/Mapping$/, (name) => `API ${name} domain in use`],
    [/^Apis\/([^/]+)\/Stage\/(.+)$/, (name, part) => `API ${name} ${block(part).replaceAll('-', ' ')}`],
    [/^Sites\/([^/]+)\/Files\/Bucket$/, (name) => `site ${name} files`],
    [/^Sites\/([^/]+)\/Revalidations\/(.+)$/, (name) => `site ${name} pages to be rendered anew`],
    [
      /^Sites\/([^/]+)\/(?:Origin)?(.+)$/,
      (name, part) => `site ${name} ${block(part.replaceAll('/', '')).replaceAll('-', ' ')}`,
    ],
    [/^Traffic$/, () => 'traffic of functions'],
    [/^TrafficRole$/, () => 'role that moves traffic of functions'],
  ],
  observability: [
    [/^Alarms\/Topic$/, () => 'topic of the alarms'],
    [/^Alarms\/Key$/, () => 'key of the alarms'],
    [/^Alarms\/Policy$/, () => "policy of the alarms' topic"],
    [/^Alarms\/Email(.+)$/, () => 'mailbox that hears the alarms'],
    [/^Alarms\/Webhook(.+)$/, () => 'server that hears the alarms'],
    [/^Alarm\/(.+)$/, (name) => `alarm ${name.replaceAll('-', ' ')}`],
    [/^Dashboards\/(.+)$/, (name) => `dashboard ${name}`],
    [/^Queries\/(.+)$/, (name) => `saved query ${name}`],
  ],
};
