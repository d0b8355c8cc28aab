import { outputs } from '../../infra/outputs.ts';
import type { EffectiveEnvironment } from '../config/project.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { flatOutputs } from './flat-outputs.ts';

type Environment = Pick<EffectiveEnvironment, 'name' | 'kind' | 'sandboxed' | 'blocks' | 'region'>;
type OutputsOf = (stack: string) => Readonly<Record<string, string>>;

/**
 * What `outputs` and `deploy --json` tell of an environment: what its stacks state, and what follows from that: the
 * command that opens a session with each database that stands, where the objects of buckets are shown, what others call.
 */
export function environmentOutputs(environment: Environment, outputsOf: OutputsOf): Record<string, string> {
  const told = outputsOf('data');
  const connections = Object.keys(environment.blocks.databases).flatMap((name) =>
    told[outputs.data.databaseHost(name)] === undefined
      ? []
      : [[`databases.${name}.connect`, `platform db connect ${name} ${environmentFlags(environment)}`] as const],
  );
  return {
    ...flatOutputs(environment.blocks, outputsOf),
    ...Object.fromEntries([
      ...connections,
      ...bucketUrls(environment, outputsOf),
      ...webhookUrls(environment, outputsOf),
    ]),
  };
}

/** Where a browser finds the objects of a bucket: through the site that shows it, or at S3 where everybody may read it. */
function bucketUrls({ blocks, region }: Environment, outputsOf: OutputsOf): [string, string][] {
  return Object.entries(blocks.buckets).flatMap(([name, { access }]): [string, string][] => {
    const [site] =
      Object.entries(blocks.sites).find(([, one]) => one.kind === 'media' && one.bucket === `bucket.${name}`) ?? [];
    const shown = site === undefined ? undefined : outputsOf('sites')[outputs.sites.url(site)];
    const bucket = outputsOf('data')[outputs.data.bucketName(name)];
    const url =
      shown ?? (bucket && access === 'public-read' ? `https://${bucket}.s3.${region}.amazonaws.com` : undefined);
    return url === undefined ? [] : [[`buckets.${name}.url`, url]];
  });
}

/** What is given to those who call by themselves, such as a payment provider. */
function webhookUrls({ blocks }: Environment, outputsOf: OutputsOf): [string, string][] {
  return Object.entries(blocks.services).flatMap(([name, { http }]): [string, string][] => {
    const url = outputsOf(`service-${name}`)[outputs.service.url];
    if (!http || url === undefined) return [];
    return Object.entries(http.webhooks).map(([hook, path]) => [
      `services.${name}.webhooks.${hook}`,
      `${url.replace(/\/$/, '')}${path}`,
    ]);
  });
}
