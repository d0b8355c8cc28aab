import { core } from './aws-cdk.ts';
import type { Links } from './links.ts';
import { outputs } from './outputs.ts';
import { prefixOf } from './placement.ts';
import type { Reference, Text } from './setting-values.ts';
import type { AppSettings } from './settings.ts';

/** A text with its references filled by parameters of this stack. */
export const textOf = (links: Links, settings: AppSettings, text: Text): string =>
  core.Fn.join(
    '',
    text.map((part) => (typeof part === 'string' ? links.text(part) : referred(links, settings, part))),
  );

/** The value behind a reference, as a parameter of this stack. */
export function referred(links: Links, settings: AppSettings, reference: Reference): string {
  const { data, functions, messaging, runtime } = outputs;
  switch (reference.of) {
    case 'alb-host':
      return settings.sharing.mode === 'consume'
        ? links.shared(settings.sharing.prefix, 'alb/dns-name')
        : links.from('runtime', runtime.loadBalancerHost);
    case 'bucket-name':
      return links.from('data', data.bucketName(reference.name));
    case 'queue-url':
      return links.from('messaging', messaging.queueUrl(reference.name));
    case 'bus-name':
      return links.from('messaging', messaging.busName(reference.name));
    case 'api-url':
      return links.from('functions', functions.apiUrl(reference.name));
    case 'database-host':
    case 'database-reader-host':
    case 'database-secret-arn':
      return databaseValue(links, settings, reference);
    case 'secret-arn':
      return secretArn(links, settings, reference.name);
  }
}

type DatabaseReference = Extract<Reference, { of: `database-${string}` }>;

function databaseValue(links: Links, settings: AppSettings, { of, name }: DatabaseReference): string {
  const database = settings.databases[name];
  if (!database) throw new Error(`there is no database ${name}`);
  const { data } = outputs;
  if (database.engine !== 'shared') {
    const output = {
      'database-host': data.databaseHost,
      'database-reader-host': data.databaseReaderHost,
      'database-secret-arn': data.databaseSecretArn,
    }[of];
    return links.from('data', output(name));
  }
  // The provider's proxy knows only the provider's secret (F-83): consumers go to the cluster itself.
  return of === 'database-secret-arn'
    ? links.secretArn(`database-${name}`, database.credentials.secretName)
    : links.shared(prefixOf(settings.sharing), 'database/cluster-endpoint');
}

/** ARN of a secret, wherever it was made. */
export function secretArn(links: Links, settings: AppSettings, name: string): string {
  const secret = settings.secrets[name];
  if (!secret) throw new Error(`there is no secret ${name}`);
  if (secret.source === 'generated') return links.from('data', outputs.data.secretArn(name));
  return links.secretArn(name, secret.secretName);
}
