import type { ListBucketsCommandInput, ListBucketsOutput } from '@aws-sdk/client-s3';
import type { Operation } from '../../../kernel/scope.ts';
import { invalidArgument } from '../faults.ts';
import { ownerOf } from '../object-answer.ts';
import { buckets } from '../state.ts';

const REGION =
  /^(?:af|ap|ca|cn|eu|il|me|mx|sa|us)(?:-gov)?-(?:central|north|south|east|west|northeast|southeast|northwest|southwest)-\d$/;
/** Of the regions' shape, but there is none. */
const NO_REGION = /^(?:eu-east-\d|us-(?:north|south|central)-\d)$/;

export const listBuckets: Operation<ListBucketsCommandInput, ListBucketsOutput> = (input, call) => {
  const { Prefix = '', BucketRegion, MaxBuckets, ContinuationToken } = input;
  if (BucketRegion !== undefined && (!REGION.test(BucketRegion) || NO_REGION.test(BucketRegion)))
    throw invalidArgument(`Argument value ${BucketRegion} is not a valid AWS Region`, 'bucket-region');

  const after = ContinuationToken ? Buffer.from(ContinuationToken, 'base64url').toString('utf8') : '';
  const found = buckets
    .in(call)
    .values()
    .filter(({ account, name }) => account === call.account && name.startsWith(Prefix) && name > after)
    .filter(({ region }) => BucketRegion === undefined || region === BucketRegion)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const shown = found.slice(0, MaxBuckets ?? found.length);
  return {
    Buckets: shown.map(({ name, region, createdAt }) => ({
      Name: name,
      BucketArn: `arn:aws:s3:::${name}`,
      BucketRegion: region,
      CreationDate: new Date(createdAt),
    })),
    Owner: ownerOf(call.account),
    ...(input.Prefix === undefined ? {} : { Prefix }),
    ...(shown.length < found.length
      ? { ContinuationToken: Buffer.from(shown.at(-1)!.name).toString('base64url') }
      : {}),
  };
};
