import { AwsFault } from '../../kernel/fault.ts';
import { hasReplicas } from '../../services/cloudfront/replicas.ts';
import { writeLog } from '../../services/lambda/function-log.ts';
import { recordCalls } from '../../services/lambda/function-metrics.ts';
import { versions } from '../../services/lambda/state.ts';
import { putMetricData } from '../../services/monitoring/operations/put-metric-data.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';
import { written } from './containers.ts';

const HOME = 'us-east-1';

/**
 * Copies are called `us-east-1.<function>` wherever they run, and measure and write there; CloudFront counts what went
 * wrong in us-east-1, by distribution.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
 */
export function edgeCalls(
  { function: name, distribution, region, calls, failed, lines }: StepInput<'edge-calls'>,
  bench: Bench,
): string {
  const home = { ...bench, region: HOME };
  const row = versions
    .in(home)
    .values()
    .find((one) => {
      const arn = `arn:aws:lambda:${HOME}:${bench.account}:function:${one.function}:${one.version}`;
      return one.function === name && hasReplicas(arn, bench);
    });
  if (!row) throw new AwsFault('StepInvalid', `CloudFront has no copy of ${name} at its edges`);
  const there = { ...bench, region };
  const copy = `${HOME}.${name}`;
  // What CloudFront does not take of an answer is no error of the call.
  recordCalls(copy, { calls, failed: failed === 'LambdaExecutionError' ? calls : 0 }, there);
  const LoggingConfig = { ...row.settings.LoggingConfig, LogGroup: `/aws/lambda/${copy}` };
  const stream = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[${row.version}]0f1e2d3c4b5a69788796a5b4c3d2e1f0`;
  const timestamp = bench.world.clock.stamp();
  writeLog(
    { ...row, settings: { ...row.settings, LoggingConfig } },
    stream,
    lines.map((line) => ({ message: written(line), timestamp })),
    there,
  );
  if (failed)
    void putMetricData(
      {
        Namespace: 'AWS/CloudFront',
        MetricData: [
          {
            MetricName: failed,
            Value: calls,
            Unit: 'Count',
            Dimensions: [
              { Name: 'DistributionId', Value: distribution },
              { Name: 'Region', Value: 'Global' },
            ],
          },
        ],
      },
      { ...home, requestId: 'cloudfront', endpoint: bench.world.endpoint, principal: 'cloudfront.amazonaws.com' },
    );
  return `viewers near ${region} have ${name} called ${calls} times${failed ? `, and CloudFront counts ${failed} for each` : ''}`;
}
