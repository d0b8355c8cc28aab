import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../checks/check-template.ts';
import type { ServiceSettings } from '../settings.ts';
import { factsOf } from '../testing/facts.ts';
import { sampleComponent, sampleObservability, sampleService, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, synthesize } from '../testing/synthesize.ts';

const IMAGE = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0';

const made = (service: Partial<ServiceSettings> = {}, image = IMAGE) =>
  synthesize(
    sampleSettings({
      secrets: { app: { source: 'referenced', secretName: 'shop/dev/app' } },
      services: { web: sampleService(service) },
      oneOffs: { reports: sampleComponent() },
      observability: sampleObservability({ tracing: true, collector: { image, memoryMiB: 256, share: 0.05 } }),
    }),
  ).templates;

const containersOf = (template: Json): Json[] =>
  propertiesOf(template, 'AWS::ECS::TaskDefinition')[0].ContainerDefinitions;
const variablesOf = ({ Environment = [] }: Json): Record<string, string> =>
  Object.fromEntries(Environment.map(({ Name, Value }: Json) => [Name, Value]));

describe('tracing of a service (S2-103)', () => {
  const templates = made();
  const [app, collector] = containersOf(templates['service-web']);

  it('stands a collector beside it that may fail, starts again, and takes no more than its share', () => {
    expect(collector).toMatchObject({
      Name: 'trace-collector',
      Image: IMAGE,
      Essential: false,
      Memory: 256,
      Cpu: 32,
      RestartPolicy: { Enabled: true, RestartAttemptPeriod: 60 },
      HealthCheck: { Command: ['CMD', '/healthcheck'] },
      LogConfiguration: app!.LogConfiguration,
    });
    expect(collector!.PortMappings).toBeUndefined();
    expect(app).toMatchObject({ Essential: true, Cpu: 480 });
    // A collector that does not come up keeps no service from starting.
    expect(app!.DependsOn).toBeUndefined();
  });

  it('listens for its task alone, and sends to X-Ray of the region', () => {
    const config = JSON.parse(variablesOf(collector!).AOT_CONFIG_CONTENT!);
    expect(config.receivers.otlp.protocols).toEqual({
      grpc: { endpoint: '127.0.0.1:4317' },
      http: { endpoint: '127.0.0.1:4318' },
    });
    expect(config.exporters).toEqual({ awsxray: { region: 'us-east-1' } });
    const { pipelines, extensions } = config.service;
    expect(Object.keys(pipelines)).toEqual(['traces']);
    // Whatever a pipeline names is there.
    for (const kind of ['receivers', 'processors', 'exporters'] as const)
      expect(Object.keys(config[kind]).sort()).toEqual([...pipelines.traces[kind]].sort());
    expect(extensions).toEqual(Object.keys(config.extensions));
    expect(config.processors.memory_limiter).toMatchObject({ limit_mib: 192, spike_limit_mib: 51 });
  });

  it('tells the service where it is and how much is traced, under what the configuration says', () => {
    expect(variablesOf(app!)).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_SERVICE_NAME: 'web',
      OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=shop,deployment.environment.name=dev',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.05',
      OTEL_METRICS_EXPORTER: 'none',
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
    });
    const own = made({
      environment: { OTEL_SERVICE_NAME: ['shopfront'] },
      secrets: { OTEL_RESOURCE_ATTRIBUTES: { from: 'secret', secret: 'app', key: 'ATTRIBUTES' } },
    })['service-web'];
    const variables = variablesOf(containersOf(own)[0]!);
    expect(variables.OTEL_SERVICE_NAME).toBe('shopfront');
    // ECS refuses a name that is both a variable and a secret.
    expect(variables.OTEL_RESOURCE_ATTRIBUTES).toBeUndefined();
  });

  it('lets the task send, and no one-off task, which has no collector (S2-87)', () => {
    const roles = Object.entries<Json>(templates.tasks.Resources).filter(([id]) => id.includes('TaskRole'));
    const actions = Object.fromEntries(
      roles.map(([id, { Properties }]) => [
        id.replace(/RolesTaskRole.*/, ''),
        (Properties.Policies ?? []).flatMap(({ PolicyDocument }: Json) => PolicyDocument.Statement[0].Action),
      ]),
    );
    expect(actions.Reports).toEqual([]);
    expect(actions.Web).toEqual([
      'xray:GetSamplingRules',
      'xray:GetSamplingStatisticSummaries',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    for (const { ContainerDefinitions } of propertiesOf(templates.tasks, 'AWS::ECS::TaskDefinition'))
      expect(ContainerDefinitions).toHaveLength(1);
  });

  it('pulls a copy in a repository of one’s own', () => {
    const copied = made({}, '333333333333.dkr.ecr.eu-west-1.amazonaws.com/tools/otel:v1').tasks;
    expect(JSON.stringify(copied.Resources)).toContain(':ecr:eu-west-1:333333333333:repository/tools/otel');
  });

  it('breaks none of our own rules', () => {
    for (const template of Object.values(templates)) expect(checkTemplate(template, factsOf('dev'))).toEqual([]);
  });
});
