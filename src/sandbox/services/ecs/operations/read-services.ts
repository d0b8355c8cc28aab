import type {
  DescribeServicesCommandInput,
  DescribeServicesCommandOutput,
  Failure,
  ListServicesCommandInput,
  ListServicesCommandOutput,
  Service,
} from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalid } from '../faults.ts';
import { listPage } from '../list-page.ts';
import { clusterOf } from '../lookups.ts';
import { lastPart, serviceArn } from '../names.ts';
import { serviceAnswer } from '../service-answer.ts';
import { services } from '../state.ts';

/** Ten a call; services that are not there are named in `failures`. */
export const describeServices: Operation<DescribeServicesCommandInput, Answer<DescribeServicesCommandOutput>> = (
  { cluster, services: references, include },
  call,
) => {
  const { clusterName } = clusterOf(call, cluster);
  if (!references || references.length === 0) throw invalid('Services cannot be empty.');
  if (references.length > 10) throw invalid('Services should not contain more than 10 elements.');
  const found: Service[] = [];
  const failures: Failure[] = [];
  for (const reference of references) {
    const row = services.in(call).get(`${clusterName}/${lastPart(reference)}`);
    if (row) found.push(serviceAnswer(call, row, { tags: include?.includes('TAGS') ?? false }));
    else failures.push({ arn: serviceArn(call, clusterName, lastPart(reference)), reason: 'MISSING' });
  }
  return { services: found, failures };
};

/** Ten a page unless asked otherwise, as ECS does for services alone. */
export const listServices: Operation<ListServicesCommandInput, Answer<ListServicesCommandOutput>> = (
  { cluster, launchType, maxResults = 10, nextToken },
  call,
) => {
  const { clusterName } = clusterOf(call, cluster);
  const found = services
    .in(call)
    .values()
    .filter((row) => row.cluster === clusterName && row.status !== 'INACTIVE')
    .filter((row) => launchType === undefined || row.deployments[0]?.revision.launchType === launchType);
  const { items, ...rest } = listPage(found, { maxResults, nextToken });
  return { serviceArns: items.map(({ serviceName }) => serviceArn(call, clusterName, serviceName)), ...rest };
};
