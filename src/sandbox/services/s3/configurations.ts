import { AwsFault } from '../../kernel/fault.ts';
import type { Call, Operation } from '../../kernel/scope.ts';
import { findBucket } from './find-bucket.ts';
import { type BucketRow, buckets } from './state.ts';

interface BucketInput {
  Bucket: string | undefined;
  ExpectedBucketOwner?: string | undefined;
}

interface ConfigurationKind {
  /** Under which the row keeps it. */
  readonly name: string;
  /** The member of the request that carries it. */
  readonly member: string;
  /** What reading answers: from the kept value, which is undefined when there is none. */
  read(kept: unknown, bucket: BucketRow): object;
  /** Looks at what is put and answers with what to keep; throws as S3 refuses. */
  check?(given: never, bucket: BucketRow, call: Call): unknown;
}

/** Status that S3 answers to writes without content, where the model says 200. */
const NO_CONTENT = { $status: 204 };

export interface ConfigurationOperations {
  get: Operation<BucketInput, object>;
  put: Operation<BucketInput, object>;
  remove: Operation<BucketInput, object>;
}

/** Get, put and delete of one sub-resource of a bucket: S3 has a dozen that differ in name and default alone. */
export function configuration(kind: ConfigurationKind): ConfigurationOperations {
  return {
    get: (input, call) => {
      const bucket = findBucket(input, call);
      return kind.read(bucket.configurations[kind.name], bucket);
    },
    put: (input, call) => {
      const bucket = findBucket(input, call);
      const given = (input as unknown as Record<string, unknown>)[kind.member];
      const kept = kind.check ? kind.check(given as never, bucket, call) : given;
      setConfiguration(bucket, kind.name, kept, call);
      return kind.name === 'policy' || kind.name === 'tagging' ? NO_CONTENT : {};
    },
    remove: (input, call) => {
      setConfiguration(findBucket(input, call), kind.name, undefined, call);
      return NO_CONTENT;
    },
  };
}

/** `undefined` takes the sub-resource away. */
export function setConfiguration(bucket: BucketRow, name: string, value: unknown, call: Call): void {
  buckets.in(call).update(bucket.name, (draft) => {
    if (value === undefined) delete draft.configurations[name];
    else draft.configurations[name] = value;
  });
}

/** What reading answers where S3 has no default. */
export const missing = (code: string, message: string) => (bucket: BucketRow) =>
  new AwsFault(code, message, { status: 404, fields: { BucketName: bucket.name } });
