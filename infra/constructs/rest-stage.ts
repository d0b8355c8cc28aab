import type { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { ApiSettings } from '../api-settings.ts';
import { apigateway, core } from '../aws-cdk.ts';
import type { AppSettings } from '../settings.ts';
import { ApiLogs, REST_FORMAT } from './api-logs.ts';

export interface RestStageProps {
  settings: AppSettings;
  api: ApiSettings;
  restApi: CfnRestApi;
  deploymentId: string;
}

/** API Gateway's own word for a group that it makes by itself, and that nobody would ever bound. */
const executionGroup = (restApiId: string, stage: string): string =>
  core.Fn.join('', ['API-Gateway-Execution-Logs_', restApiId, '/', stage]);

const CACHE_SECONDS = 300;

/** Where a REST API is reached: what it logs, how much it lets through, what it keeps, and who has a key. */
export class RestStage extends Construct {
  readonly name: string;
  readonly accessLog: string | undefined;
  readonly keyId: string | undefined;

  constructor(scope: Construct, id: string, { settings, api, restApi, deploymentId }: RestStageProps) {
    super(scope, id);
    const { logging, throttle, cacheGb } = api;
    const access = logging.access ? new ApiLogs(this, 'Access', settings) : undefined;
    const execution =
      logging.level === 'OFF'
        ? undefined
        : new ApiLogs(this, 'Execution', settings, executionGroup(restApi.ref, api.stage));
    const stage = new apigateway.CfnStage(this, 'Stage', {
      restApiId: restApi.ref,
      deploymentId,
      stageName: api.stage,
      ...(access ? { accessLogSetting: { destinationArn: access.arn, format: REST_FORMAT } } : {}),
      ...(settings.observability.tracing ? { tracingEnabled: true } : {}),
      ...(cacheGb === undefined ? {} : { cacheClusterEnabled: true, cacheClusterSize: String(cacheGb) }),
      methodSettings: [
        {
          httpMethod: '*',
          resourcePath: '/*',
          loggingLevel: logging.level,
          dataTraceEnabled: logging.dataTrace,
          metricsEnabled: true,
          ...(throttle ? { throttlingBurstLimit: throttle.burst, throttlingRateLimit: throttle.rate } : {}),
          ...(cacheGb === undefined
            ? {}
            : { cachingEnabled: true, cacheTtlInSeconds: CACHE_SECONDS, cacheDataEncrypted: true }),
        },
      ],
    });
    // Its group with a bound has to be there before API Gateway makes one without.
    if (execution) stage.node.addDependency(execution);
    this.name = stage.ref;
    this.accessLog = access?.name;
    this.keyId = api.apiKeys ? this.#key(restApi.ref, stage.ref, api) : undefined;
  }

  /** A key alone opens nothing: it belongs to a plan, and the plan to the stage (S4-80, S4-81). */
  #key(apiId: string, stage: string, { throttle, quota }: ApiSettings): string {
    const plan = new apigateway.CfnUsagePlan(this, 'Plan', {
      apiStages: [{ apiId, stage }],
      ...(throttle ? { throttle: { burstLimit: throttle.burst, rateLimit: throttle.rate } } : {}),
      ...(quota ? { quota } : {}),
    });
    const key = new apigateway.CfnApiKey(this, 'Key', { enabled: true });
    new apigateway.CfnUsagePlanKey(this, 'PlanKey', { keyId: key.ref, keyType: 'API_KEY', usagePlanId: plan.ref });
    return key.ref;
  }
}
