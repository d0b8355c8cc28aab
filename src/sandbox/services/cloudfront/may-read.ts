import type { BucketRow } from '../s3/state.ts';

interface Statement {
  Effect?: string;
  Principal?: string | { Service?: string | string[] };
  Action?: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const like = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    's',
  ).test(value);

/**
 * Whether a bucket's policy lets a distribution read an object by its origin access control:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function mayRead({ name, configurations }: BucketRow, key: string, distributionArn: string): boolean {
  const policy = configurations.policy;
  if (typeof policy !== 'string') return false;
  const statements = list((JSON.parse(policy) as { Statement?: Statement | Statement[] }).Statement);
  return statements.some(
    ({ Effect, Principal, Action, Resource, Condition = {} }) =>
      Effect === 'Allow' &&
      (Principal === '*' ||
        (typeof Principal === 'object' && list(Principal.Service).includes('cloudfront.amazonaws.com'))) &&
      list(Action).some((action) => like(action.toLowerCase(), 's3:getobject')) &&
      list(Resource).some((resource) => like(resource, `arn:aws:s3:::${name}/${key}`)) &&
      Object.values(Condition)
        .flatMap((keys) => Object.entries(keys))
        .every(([condition, wanted]) =>
          condition.toLowerCase() === 'aws:sourcearn' ? list(wanted).some((arn) => like(arn, distributionArn)) : true,
        ),
  );
}
