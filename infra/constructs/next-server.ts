import { Construct } from 'constructs';
import { bucketLog } from '../access-logs.ts';
import { core, lambda } from '../aws-cdk.ts';
import type { FunctionSettings } from '../function-settings.ts';
import { pascal } from '../names.ts';
import { IMAGES, type NextFunction, type NextOutput, SERVER_SECONDS, siteFunction } from '../next-output.ts';
import { outputs } from '../outputs.ts';
import type { Grant } from '../policy.ts';
import type { NextSettings } from '../site-settings.ts';
import { Bucket } from './bucket.ts';
import { ALIAS, LambdaFunction, type LambdaFunctionProps } from './lambda-function.ts';
import { Queue } from './queue.ts';

export interface NextServerProps extends Pick<LambdaFunctionProps, 'links' | 'settings' | 'traffic'> {
  name: string;
  site: NextSettings;
  output: NextOutput;
}

/** OpenNext's own numbers: https://opennext.js.org/aws/reference-implementation */
const SECONDS = { server: SERVER_SECONDS, images: 25, revalidation: 30, warmer: 60 } as const;
const REVALIDATION_BATCH = 5;
/** Lambda keeps an instance that nobody asks for some minutes; how many it does not say. */
const WARMED = 'rate(5 minutes)';

/**
 * A Next.js application on Lambda (S1-01): the bucket of its files and of what it keeps, its servers behind function
 * URLs that only signed requests may call, and what renders pages anew.
 */
export class NextServer extends Construct {
  constructor(scope: Construct, id: string, props: NextServerProps) {
    super(scope, id);
    const { links, settings, name, site, output } = props;
    const { assets, cache } = output.prefixes;
    const bucket = new Bucket(
      this,
      'Files',
      {
        access: 'private',
        policyOwner: 'sites',
        versioned: false,
        corsOrigins: [],
        onDelete: site.onDelete,
      },
      bucketLog(links, settings, name),
    );
    links.tell(outputs.functions.siteBucket(name), bucket.name);
    const arn = `arn:${core.Aws.PARTITION}:s3:::${bucket.name}`;
    const queue = output.revalidation
      ? new Queue(this, 'Revalidations', {
          fifo: true,
          visibilitySeconds: SECONDS.revalidation * 6,
          retentionDays: 4,
          // What cannot be rendered is asked for again by the next visitor: nobody needs to look into it.
          dlq: { maxReceive: 3, retentionDays: 4, onDelete: 'destroy' },
          onDelete: site.onDelete,
        })
      : undefined;

    const grants: [string, Grant[]][] = [
      ...(cache === undefined ? [] : [['Cache', cacheGrants(arn, cache)] as [string, Grant[]]]),
      ...(queue
        ? [['Revalidate', [{ actions: ['sqs:SendMessage'], resources: [queue.arn] }]] as [string, Grant[]]]
        : []),
    ];
    const variables = {
      ...(cache === undefined
        ? {}
        : { CACHE_BUCKET_NAME: bucket.name, CACHE_BUCKET_KEY_PREFIX: cache, CACHE_BUCKET_REGION: settings.region }),
      ...(queue ? { REVALIDATION_QUEUE_URL: queue.url, REVALIDATION_QUEUE_REGION: settings.region } : {}),
    };
    const servers: string[] = [];
    for (const [origin, fn] of Object.entries(output.servers)) {
      const own = { ...shape(fn, site.memoryMiB, SECONDS.server), uses: site.uses, environment: site.environment };
      servers.push(this.#origin(origin, fn, { ...own, inVpc: site.inVpc }, props, { grants, variables }).aliasArn);
    }
    if (output.images)
      this.#origin(IMAGES, output.images, shape(output.images, site.memoryMiB, SECONDS.images), props, {
        grants: [['Originals', [{ actions: ['s3:GetObject'], resources: [`${arn}/${assets}/*`] }]]],
        variables: { BUCKET_NAME: bucket.name, BUCKET_KEY_PREFIX: assets },
      });
    if (output.revalidation && queue) this.#revalidation(output.revalidation, queue.arn, props);
    if (output.warmer && site.warm) this.#warmer(output.warmer, servers, { ...props, instances: site.warm });
  }

  /** A function, its alias, and the URL of that. */
  #origin(origin: string, built: NextFunction, fn: FunctionSettings, props: NextServerProps, extra: Extra) {
    const made = this.#function(origin, built, fn, props, extra);
    const url = new lambda.CfnUrl(made.fn, 'Url', {
      targetFunctionArn: made.fn.arn,
      qualifier: ALIAS,
      authType: 'AWS_IAM',
      invokeMode: built.streaming ? 'RESPONSE_STREAM' : 'BUFFERED',
    });
    url.addDependency(made.fn.alias);
    // `https://<id>.lambda-url.<region>.on.aws/`
    const host = core.Fn.select(2, core.Fn.split('/', url.attrFunctionUrl));
    props.links.tell(outputs.functions.siteOriginHost(made.name), host);
    return made.fn;
  }

  /** Asks each server for so many answers at once, which takes as many instances: https://opennext.js.org/aws/inner_workings/components/warmer */
  #warmer(
    built: NextFunction,
    servers: readonly string[],
    { instances, ...props }: NextServerProps & { instances: number },
  ): void {
    const asked = servers.map((arn) => ({ concurrency: instances, function: arn }));
    const { fn, name } = this.#function(
      'warmer',
      built,
      { ...shape(built, 128, SECONDS.warmer), trigger: { on: 'schedule', expression: WARMED } },
      props,
      {
        grants: [['Warm', [{ actions: ['lambda:InvokeFunction'], resources: [...servers] }]]],
        variables: { WARM_PARAMS: core.Stack.of(this).toJsonString(asked) },
      },
    );
    if (fn.trigger?.rule) props.links.tell(outputs.functions.functionRule(name), fn.trigger.rule.name);
  }

  #revalidation(built: NextFunction, queueArn: string, props: NextServerProps): void {
    const receive: Grant = {
      actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      resources: [queueArn],
    };
    const { fn, name } = this.#function('revalidation', built, shape(built, 256, SECONDS.revalidation), props, {
      grants: [['Receive', [receive]]],
      variables: {},
    });
    const mapping = new lambda.CfnEventSourceMapping(fn, 'Queue', {
      functionName: fn.aliasArn,
      eventSourceArn: queueArn,
      batchSize: REVALIDATION_BATCH,
      functionResponseTypes: ['ReportBatchItemFailures'],
    });
    props.links.tell(outputs.functions.functionQueueReader(name), mapping.ref);
  }

  #function(
    origin: string,
    { code }: NextFunction,
    fn: FunctionSettings,
    { links, settings, name: site, traffic }: NextServerProps,
    extra: Extra,
  ): { fn: LambdaFunction; name: string } {
    const name = siteFunction(site, origin);
    const made = new LambdaFunction(this, `Origin${pascal(origin)}`, {
      links,
      settings,
      name,
      fn,
      code,
      traffic,
      ...extra,
    });
    const told = outputs.functions;
    links.tell(told.functionName(name), made.functionName);
    links.tell(told.functionArn(name), made.aliasArn);
    links.tell(told.functionVersion(name), made.version);
    links.tell(told.functionLogGroup(name), made.logGroup);
    return { fn: made, name };
  }
}

type Extra = Required<Pick<LambdaFunctionProps, 'grants' | 'variables'>>;

const shape = (
  { handler, architecture }: NextFunction,
  memoryMiB: number,
  timeoutSeconds: number,
): FunctionSettings => ({
  source: 'open-next',
  handler,
  runtime: 'nodejs22.x',
  architecture,
  memoryMiB,
  timeoutSeconds,
  uses: [],
  environment: {},
  deadLetters: false,
  rollout: { type: 'all-at-once' },
});

const cacheGrants = (arn: string, prefix: string): Grant[] => [
  { actions: ['s3:ListBucket'], resources: [arn] },
  { actions: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], resources: [`${arn}/${prefix}/*`] },
];
