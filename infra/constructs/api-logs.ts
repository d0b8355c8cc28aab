import { Construct } from 'constructs';
import { logs } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import type { AppSettings } from '../settings.ts';

/** What API Gateway writes of each request, in one line of JSON (S4-75). */
const fields = (path: string): string =>
  JSON.stringify({
    requestId: '$context.requestId',
    ip: '$context.identity.sourceIp',
    requestTime: '$context.requestTime',
    httpMethod: '$context.httpMethod',
    resourcePath: path,
    status: '$context.status',
    protocol: '$context.protocol',
    responseLength: '$context.responseLength',
    latency: '$context.responseLatency',
    // Which of its own errors API Gateway answered with; `-` for what came from the function.
    error: '$context.error.responseType',
  });

export const REST_FORMAT = fields('$context.resourcePath');
export const HTTP_FORMAT = fields('$context.path');

/** The group of an API's access log, kept as long as other logs. */
export class ApiLogs extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { observability }: AppSettings, logGroupName?: string) {
    super(scope, id);
    const group = new logs.CfnLogGroup(this, 'Group', {
      retentionInDays: observability.logRetentionDays,
      ...(logGroupName ? { logGroupName } : {}),
    });
    leave(group, observability.logsOnDelete);
    this.name = group.ref;
    this.arn = group.attrArn;
  }
}
