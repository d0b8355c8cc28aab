import { HOURS_A_MONTH, PRICES, type PriceId, priceOf } from '../domain/prices.ts';

export type Properties = Readonly<Record<string, unknown>>;

export interface TemplateResource {
  Type?: string;
  Properties?: Properties;
}

/** What a resource costs in a month by being there. */
export interface FixedCost {
  /** Nobody comes, and it has scaled down as far as it may. */
  idle: number;
  /** It has scaled up as far as it may, all month. */
  full: number;
  /** How that comes about, with its numbers. */
  basis: string;
  prices: readonly PriceId[];
}

/** What is paid for what it does: nobody knows how much that will be. */
export interface UseCost {
  price: PriceId;
  what: string;
}

export interface ResourceCost {
  fixed?: FixedCost;
  uses?: readonly UseCost[];
  /** It costs something by being there, and no price of that can be cited. */
  unknown?: string;
}

export interface CostInput {
  type: string;
  properties: Properties;
  /** Everything else in its template, by logical id. */
  resources: Readonly<Record<string, TemplateResource | undefined>>;
  id: string;
}

const hours = (id: PriceId, count = 1): number => priceOf(id).usd * HOURS_A_MONTH * count;
const always = (usd: number, basis: string, ...prices: PriceId[]): FixedCost => ({
  idle: usd,
  full: usd,
  basis,
  prices,
});
const number = (value: unknown): number | undefined => {
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
};
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const members = (value: unknown): Properties =>
  typeof value === 'object' && value !== null ? (value as Properties) : {};

type Rule = (input: CostInput) => ResourceCost;

const RULES: Readonly<Record<string, Rule>> = {
  'AWS::EC2::NatGateway': () => ({
    fixed: always(hours('nat-gateway'), 'a NAT gateway, all month', 'nat-gateway'),
    uses: [{ price: 'nat-gateway-gb', what: 'what passes through it' }],
  }),
  'AWS::EC2::EIP': () => ({ fixed: always(hours('public-ipv4'), 'a public address, all month', 'public-ipv4') }),
  'AWS::EC2::VPCEndpoint': ({ properties }) => {
    if (properties.VpcEndpointType !== 'Interface') return {};
    const zones = listed(properties.SubnetIds).length;
    return {
      fixed: always(hours('interface-endpoint', zones), `in ${zones} zones, all month`, 'interface-endpoint'),
      uses: [{ price: 'interface-endpoint-gb', what: 'what passes through it' }],
    };
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ properties }) => {
    const zones = properties.Scheme === 'internal' ? 0 : listed(properties.Subnets).length;
    const usd = hours('load-balancer') + hours('public-ipv4', zones);
    return {
      fixed: always(usd, `a load balancer and ${zones} public addresses, all month`, 'load-balancer', 'public-ipv4'),
      uses: [{ price: 'load-balancer-unit', what: 'each capacity unit that it takes' }],
    };
  },
  'AWS::ECS::Service': (input) => serviceCost(input),
  'AWS::RDS::DBInstance': (input) => databaseCost(input),
  'AWS::RDS::DBProxy': () => ({
    unknown: 'proxies are priced by the capacity behind them, eight ACU of Aurora at the least',
  }),
  'AWS::Lambda::Function': ({ properties }) => {
    const arm = listed(properties.Architectures).includes('arm64');
    return {
      uses: [
        { price: 'lambda-requests', what: 'its calls, the first million of an account free' },
        {
          price: arm ? 'lambda-arm' : 'lambda-x86',
          what: `time times memory, of ${number(properties.MemorySize) ?? 128} MiB`,
        },
      ],
    };
  },
  'AWS::SQS::Queue': ({ properties }) => ({
    uses: [
      {
        price: properties.FifoQueue === true ? 'queue-fifo' : 'queue-standard',
        what: 'its requests, the first million of an account free',
      },
    ],
  }),
  'AWS::ApiGateway::RestApi': () => ({
    uses: [
      { price: 'api-rest', what: 'its requests; an HTTP API takes $1.00' },
      { price: 'data-out', what: 'what it answers' },
    ],
  }),
  'AWS::ApiGatewayV2::Api': () => ({
    uses: [
      { price: 'api-http', what: 'its requests' },
      { price: 'data-out', what: 'what it answers' },
    ],
  }),
  'AWS::ApiGateway::Stage': ({ properties }) => {
    if (properties.CacheClusterEnabled !== true) return {};
    const size = String(properties.CacheClusterSize ?? '0.5');
    if (size !== '0.5') return { unknown: `a cache of ${size} GB` };
    return { fixed: always(hours('api-cache-0.5'), 'a cache of 0.5 GB, all month', 'api-cache-0.5') };
  },
  'AWS::WAFv2::WebACL': ({ properties }) => {
    const rules = listed(properties.Rules).length;
    const usd = PRICES.firewall.usd + rules * PRICES['firewall-rule'].usd;
    return {
      fixed: always(usd, `a firewall of ${rules} rules`, 'firewall', 'firewall-rule'),
      uses: [{ price: 'firewall-requests', what: 'the requests that it looks at' }],
    };
  },
  'AWS::CloudWatch::Alarm': () => ({
    fixed: always(PRICES.alarm.usd, 'the first ten of an account are free', 'alarm'),
  }),
  'AWS::CloudWatch::CompositeAlarm': () => ({
    fixed: always(PRICES['alarm-composite'].usd, 'beside those that it is made of', 'alarm-composite'),
  }),
  'AWS::CloudWatch::Dashboard': () => ({
    fixed: always(PRICES.dashboard.usd, 'the first three of an account are free', 'dashboard'),
  }),
  'AWS::KMS::Key': () => ({ fixed: always(PRICES.key.usd, 'for being there', 'key') }),
  'AWS::SecretsManager::Secret': () => ({ fixed: always(PRICES.secret.usd, 'for being there', 'secret') }),
  'AWS::Logs::LogGroup': () => ({
    uses: [
      { price: 'logs-in', what: 'what is written' },
      { price: 'logs-kept', what: 'what is kept' },
    ],
  }),
  'AWS::S3::Bucket': () => ({ uses: [{ price: 'bucket', what: 'what it holds; requests not counted' }] }),
  'AWS::ECR::Repository': () => ({ uses: [{ price: 'image-repository', what: 'what it holds' }] }),
  'AWS::EC2::Instance': () => ({ unknown: 'the price of its class' }),
  'AWS::CloudFront::Distribution': () => ({ unknown: 'what it answers, by request and GB' }),
};

/** Types that AWS takes nothing for, neither for being there nor for what they do. */
const FREE =
  /^AWS::(IAM|SSM|CodeDeploy|ApplicationAutoScaling|CDK|CloudFormation)::|^AWS::EC2::(VPC|Subnet|Route|InternetGateway|SecurityGroup|NetworkAcl|DHCPOptions|FlowLog)|^AWS::ElasticLoadBalancingV2::(Listener|TargetGroup)|^AWS::RDS::(DBCluster|DBSubnetGroup|DBParameterGroup|DBClusterParameterGroup|DBProxyTargetGroup)$|^AWS::ECS::(Cluster|TaskDefinition)|^AWS::Lambda::(?!Function$)|^AWS::ApiGateway(V2)?::(?!RestApi$|Api$|Stage$|VpcLink)|^AWS::CloudFront::(?!Distribution$)|^AWS::WAFv2::(?!WebACL$)|^AWS::WAFv2::WebACLAssociation$|^AWS::SNS::|^AWS::Events::|^AWS::Scheduler::|^AWS::(S3::BucketPolicy|SQS::QueuePolicy|Logs::(?!LogGroup$)\w+|SecretsManager::(?!Secret$)\w+|KMS::Alias|ECR::RepositoryPolicy|CertificateManager::Certificate|ApiGatewayV2::Stage)/;

export function resourceCost(input: CostInput): ResourceCost {
  const rule = RULES[input.type];
  if (rule) return rule(input);
  return FREE.test(input.type) ? {} : { unknown: 'nobody has looked for its price' };
}

/** Tasks between their bounds, each of the size of its definition. */
function serviceCost({ properties, resources }: CostInput): ResourceCost {
  const definition = members(resources[String(members(properties.TaskDefinition).Ref)]?.Properties);
  const [cpu, memory] = [number(definition.Cpu), number(definition.Memory)];
  if (cpu === undefined || memory === undefined) return { unknown: 'tasks whose size stands elsewhere' };
  const providers = listed(properties.CapacityProviderStrategy).map((one) => members(one).CapacityProvider);
  if (providers.includes('FARGATE_SPOT')) return { unknown: 'tasks on Spot: their price changes from day to day' };
  const processor = members(definition.RuntimePlatform).CpuArchitecture === 'ARM64' ? 'arm' : 'x86';
  const [vcpuPrice, gbPrice] = [`fargate-vcpu-${processor}`, `fargate-gb-${processor}`] as const;
  const each = hours(vcpuPrice, cpu / 1024) + hours(gbPrice, memory / 1024);
  const bounds = Object.values(resources).find(
    (one) => one?.Type === 'AWS::ApplicationAutoScaling::ScalableTarget',
  )?.Properties;
  const nightly = listed(bounds?.ScheduledActions).map((one) =>
    number(members(members(one).ScalableTargetAction).MinCapacity),
  );
  const least = number(bounds?.MinCapacity) ?? number(properties.DesiredCount) ?? 1;
  const most = Math.max(number(bounds?.MaxCapacity) ?? least, least);
  const size = `${cpu / 1024} vCPU and ${memory / 1024} GiB`;
  const counted = least === most ? `${least} of` : `${least} to ${most} of`;
  const asleep = nightly.some((count) => count !== undefined && count < least);
  return {
    fixed: {
      idle: each * least,
      full: each * most,
      basis: `tasks: ${counted} ${size}, all month${asleep ? ', what a schedule takes away not counted' : ''}`,
      prices: [vcpuPrice, gbPrice],
    },
  };
}

function databaseCost({ properties, resources }: CostInput): ResourceCost {
  const size = String(properties.DBInstanceClass ?? '');
  if (size === 'db.serverless') {
    const cluster = members(resources[String(members(properties.DBClusterIdentifier).Ref)]?.Properties);
    const { MinCapacity, MaxCapacity } = members(cluster.ServerlessV2ScalingConfiguration);
    const [least, most] = [number(MinCapacity), number(MaxCapacity)];
    if (least === undefined || most === undefined) return { unknown: 'a capacity that stands elsewhere' };
    const basis = `${least} to ${most} ACU, all month${least === 0 ? '; paused when idle' : ''}; storage and I/O not counted`;
    return {
      fixed: { idle: hours('aurora-acu', least), full: hours('aurora-acu', most), basis, prices: ['aurora-acu'] },
    };
  }
  // AWS takes both for a standby: instance and storage.
  const copies = properties.MultiAZ === true ? 2 : 1;
  const gb = number(properties.AllocatedStorage) ?? 0;
  const storage = properties.StorageType === 'gp3' ? gb * copies * PRICES['database-gp3'].usd : undefined;
  if (!(size in PRICES)) return { unknown: `the price of ${size}` };
  if (storage === undefined && gb > 0) return { unknown: `the price of storage ${String(properties.StorageType)}` };
  const usd = hours(size as PriceId, copies) + (storage ?? 0);
  const what = `${copies === 2 ? 'two instances' : 'an instance'} of ${size}, ${gb} GB of gp3${copies === 2 ? ' twice' : ''}, all month`;
  return { fixed: always(usd, what, size as PriceId, 'database-gp3') };
}
