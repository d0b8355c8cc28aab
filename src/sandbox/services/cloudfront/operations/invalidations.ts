import type {
  CreateInvalidationCommandInput,
  GetInvalidationCommandInput,
  ListInvalidationsCommandInput,
} from '@aws-sdk/client-cloudfront';
import type { Call } from '../../../kernel/scope.ts';
import { startInvalidation } from '../deployments.ts';
import { fault, invalidArgument } from '../faults.ts';
import { newInvalidationId } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { type InvalidationRow, invalidations } from '../state.ts';
import { findDistribution } from './distributions.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-invalidations */
const PATHS = 3000;
const WILDCARDS = 15;

const answer = (row: InvalidationRow) => ({
  Id: row.id,
  Status: row.isCompleted ? 'Completed' : 'InProgress',
  CreateTime: new Date(row.created),
  InvalidationBatch: {
    Paths: { Quantity: row.paths.length, Items: [...row.paths] },
    CallerReference: row.reference,
  },
});

const of = (distribution: string, call: Call): InvalidationRow[] =>
  invalidations
    .in(call)
    .values()
    .filter((row) => row.distribution === distribution);

export function createInvalidation(input: CreateInvalidationCommandInput, call: Call) {
  const { id: distribution } = findDistribution(input.DistributionId, call);
  const { CallerReference: reference, Paths } = input.InvalidationBatch ?? {};
  const paths = Paths?.Items ?? [];
  if (!reference || !Paths) throw invalidArgument('The parameter InvalidationBatch is required.');
  if (Paths.Quantity !== paths.length)
    throw fault('InconsistentQuantities', 'The value of Quantity and the size of Items do not match.');
  const wrong = paths.find((path) => !path.startsWith('/') || /\s/.test(path));
  if (wrong !== undefined || paths.length === 0)
    throw invalidArgument('Your request contains one or more invalid invalidation paths.');

  const location = (id: string) =>
    `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distribution}/invalidation/${id}`;
  // The same reference with the same paths is the same request; with others it is refused.
  const same = of(distribution, call).find((row) => row.reference === reference);
  if (same && JSON.stringify(same.paths) === JSON.stringify(paths))
    return { Invalidation: answer(same), Location: location(same.id) };
  if (same)
    throw invalidArgument(
      'Your request contains a caller reference that was used for a previous invalidation batch for the same distribution.',
    );
  const open = of(distribution, call).filter(({ isCompleted }) => !isCompleted);
  const underWay = [...open.flatMap((row) => row.paths), ...paths];
  if (underWay.length > PATHS || underWay.filter((path) => path.includes('*')).length > WILDCARDS)
    throw fault(
      'TooManyInvalidationsInProgress',
      'Processing your request will cause you to exceed the maximum number of in-progress wildcard invalidations.',
    );
  const id = newInvalidationId();
  const row = invalidations.in(call).put(id, {
    id,
    distribution,
    reference,
    paths: [...paths],
    created: call.world.clock.stamp(),
    isCompleted: false,
  });
  startInvalidation(id, call);
  return { Invalidation: answer(row), Location: location(id) };
}

export function getInvalidation({ DistributionId, Id }: GetInvalidationCommandInput, call: Call) {
  const { id } = findDistribution(DistributionId, call);
  const row = invalidations.in(call).get(Id ?? '');
  if (row?.distribution !== id) throw fault('NoSuchInvalidation', 'The specified invalidation does not exist.');
  return { Invalidation: answer(row) };
}

export function listInvalidations(input: ListInvalidationsCommandInput, call: Call) {
  const { id } = findDistribution(input.DistributionId, call);
  const list = listPage(of(id, call).reverse(), input);
  return {
    InvalidationList: {
      ...list,
      Marker: input.Marker ?? '',
      IsTruncated: list.NextMarker !== undefined,
      ...(list.Items && {
        Items: list.Items.map(answer).map(({ Id, Status, CreateTime }) => ({ Id, Status, CreateTime })),
      }),
    },
  };
}
