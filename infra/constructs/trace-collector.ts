import type { CfnTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { Surroundings } from '../injection.ts';
import type { CollectorSettings } from '../service-extras.ts';
import type { Text } from '../setting-values.ts';
import type { AppSettings } from '../settings.ts';

type Container = CfnTaskDefinition.ContainerDefinitionProperty;

/** No sidecar may have its name or its ports. */
export const COLLECTOR = { name: 'trace-collector', ports: [2000, 4317, 4318, 13133] } as const;

/** Of the processor, in units of 1024: the service's own container has the rest where both want more than there is. */
export const COLLECTOR_CPU = 32;

/**
 * The container that takes what a service tells of its requests to X-Ray: OpenTelemetry's protocol, and that of the
 * X-Ray SDKs, whose daemon AWS no longer develops. https://docs.aws.amazon.com/xray/latest/devguide/xray-sdk-daemon-timeline.html
 * Whatever becomes of it, the service runs on: it is not essential, starts again by itself, and drops traces when its
 * memory ends.
 */
export const collectorContainer = (
  { image, memoryMiB }: CollectorSettings,
  region: string,
  logConfiguration: NonNullable<Container['logConfiguration']>,
): Container => ({
  name: COLLECTOR.name,
  image,
  essential: false,
  cpu: COLLECTOR_CPU,
  memory: memoryMiB,
  restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
  environment: [
    { name: 'AOT_CONFIG_CONTENT', value: JSON.stringify(collectorConfig(memoryMiB, region)) },
    // Go collects garbage before the kernel ends the container.
    { name: 'GOMEMLIMIT', value: `${Math.floor(memoryMiB * 0.8)}MiB` },
  ],
  // The image holds no shell: https://aws-otel.github.io/docs/setup/ecs
  healthCheck: { command: ['CMD', '/healthcheck'], interval: 10, timeout: 6, retries: 5, startPeriod: 30 },
  logConfiguration,
});

/** JSON is YAML. Listens for the task alone. https://aws-otel.github.io/docs/getting-started/x-ray */
const collectorConfig = (memoryMiB: number, region: string) => ({
  extensions: { health_check: {} },
  receivers: {
    otlp: { protocols: { grpc: { endpoint: '127.0.0.1:4317' }, http: { endpoint: '127.0.0.1:4318' } } },
    awsxray: { endpoint: '127.0.0.1:2000', transport: 'udp', proxy_server: { endpoint: '127.0.0.1:2000' } },
  },
  processors: {
    memory_limiter: {
      check_interval: '1s',
      limit_mib: Math.floor(memoryMiB * 0.75),
      spike_limit_mib: Math.floor(memoryMiB * 0.2),
    },
    resourcedetection: { detectors: ['env', 'ecs'], timeout: '5s', override: false },
    'batch/traces': { timeout: '1s', send_batch_size: 50 },
  },
  exporters: { awsxray: { region } },
  service: {
    extensions: ['health_check'],
    telemetry: { logs: { level: 'warn' } },
    pipelines: {
      traces: {
        receivers: ['otlp', 'awsxray'],
        processors: ['memory_limiter', 'resourcedetection', 'batch/traces'],
        exporters: ['awsxray'],
      },
    },
  },
});

/**
 * What OpenTelemetry and the X-Ray SDKs read, under what the configuration says, which wins. Metrics and logs go where
 * they always went: nobody would take them here.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function traced(
  given: Surroundings,
  { project, environment, observability: { collector } }: AppSettings,
  service: string,
): Surroundings {
  const told: Record<string, Text> = {
    OTEL_EXPORTER_OTLP_ENDPOINT: ['http://127.0.0.1:4318'],
    OTEL_EXPORTER_OTLP_PROTOCOL: ['http/protobuf'],
    OTEL_SERVICE_NAME: [service],
    OTEL_RESOURCE_ATTRIBUTES: [`service.namespace=${project},deployment.environment.name=${environment}`],
    OTEL_TRACES_EXPORTER: ['otlp'],
    OTEL_METRICS_EXPORTER: ['none'],
    OTEL_LOGS_EXPORTER: ['none'],
    OTEL_TRACES_SAMPLER: ['parentbased_traceidratio'],
    OTEL_TRACES_SAMPLER_ARG: [String(collector?.share ?? 1)],
    AWS_XRAY_DAEMON_ADDRESS: ['127.0.0.1:2000'],
    AWS_XRAY_CONTEXT_MISSING: ['LOG_ERROR'],
  };
  const free = Object.entries(told).filter(([name]) => !Object.hasOwn(given.secrets, name));
  return { environment: { ...Object.fromEntries(free), ...given.environment }, secrets: given.secrets };
}
