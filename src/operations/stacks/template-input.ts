import type { Session } from '../../context.ts';
import type { Template } from '../../release/resolve-template.ts';
import { stateBucketName } from '../../release/state-bucket.ts';

/** Of a template that is sent along: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_BYTES = 51_200;

/**
 * A template as `CreateChangeSet` takes it: sent along, or laid down in the bucket of the state where it is too large for
 * that. One object for each stack, written anew each time. Only under the lock, which makes the bucket.
 */
export async function templateInput(
  { aws, environment, target }: Pick<Session, 'aws' | 'environment' | 'target'>,
  stackName: string,
  template: Template,
): Promise<{ TemplateBody: string } | { TemplateURL: string }> {
  const body = JSON.stringify(template);
  if (Buffer.byteLength(body) <= MOST_BYTES) return { TemplateBody: body };
  const bucket = stateBucketName({ project: environment.project, account: target.account, region: target.region });
  const key = `environments/${environment.name}/templates/${stackName}.json`;
  await aws.s3.putObject(bucket, key, body, 'application/json');
  return { TemplateURL: `https://${bucket}.s3.${target.region}.amazonaws.com/${key}` };
}
