import { outputs } from '../../infra/outputs.ts';
import type { Reference, Text } from '../../infra/setting-values.ts';

/** The outputs of a stack by its id; empty for one that is not there. */
export type OutputsOf = (stack: string) => Readonly<Record<string, string>>;

/** A text with what the stacks have told in place of its references; undefined while one of them is not known. */
export function resolveText(text: Text | undefined, outputsOf: OutputsOf): string | undefined {
  const parts = text?.map((part) => (typeof part === 'string' ? part : referred(part, outputsOf)));
  return parts?.every((part) => part !== undefined) ? parts.join('') : undefined;
}

function referred(reference: Reference, outputsOf: OutputsOf): string | undefined {
  const { data, messaging, runtime } = outputs;
  switch (reference.of) {
    case 'alb-host':
      return outputsOf('runtime')[runtime.loadBalancerHost];
    case 'bucket-name':
      return outputsOf('data')[data.bucketName(reference.name)];
    case 'queue-url':
      return outputsOf('messaging')[messaging.queueUrl(reference.name)];
    case 'bus-name':
      return outputsOf('messaging')[messaging.busName(reference.name)];
    case 'database-host':
      return outputsOf('data')[data.databaseHost(reference.name)];
    case 'database-reader-host':
      return outputsOf('data')[data.databaseReaderHost(reference.name)];
    case 'database-secret-arn':
      return outputsOf('data')[data.databaseSecretArn(reference.name)];
    case 'secret-arn':
      return outputsOf('data')[data.secretArn(reference.name)];
  }
}
