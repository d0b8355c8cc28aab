import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type ECSClient,
  paginateListServices,
  type Service,
} from '@aws-sdk/client-ecs';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const DESCRIBED_AT_ONCE = 10;

/** Services whose containers are given a value of one of the secrets when they start: they keep it until they end. */
export async function holders(ecs: ECSClient, cluster: string, secretArns: readonly string[]): Promise<Service[]> {
  const found: Service[] = [];
  const known = new Map<string, Promise<boolean>>();
  for await (const { serviceArns = [] } of paginateListServices({ client: ecs, pageSize: 100 }, { cluster })) {
    for (let from = 0; from < serviceArns.length; from += DESCRIBED_AT_ONCE) {
      const services = serviceArns.slice(from, from + DESCRIBED_AT_ONCE);
      const described = await ecs.send(new DescribeServicesCommand({ cluster, services }));
      for (const service of described.services ?? []) {
        if (service.status !== 'ACTIVE' || !service.taskDefinition) continue;
        const holds = known.get(service.taskDefinition) ?? holdsOne(ecs, service.taskDefinition, secretArns);
        known.set(service.taskDefinition, holds);
        if (await holds) found.push(service);
      }
    }
  }
  return found;
}

async function holdsOne(ecs: ECSClient, taskDefinition: string, secretArns: readonly string[]): Promise<boolean> {
  const { taskDefinition: found } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  // `<ARN>:<key>:<stage>:<version>`, or the ARN alone.
  return (found?.containerDefinitions ?? [])
    .flatMap(({ secrets = [] }) => secrets)
    .some(({ valueFrom = '' }) => secretArns.some((arn) => valueFrom === arn || valueFrom.startsWith(`${arn}:`)));
}
