import { describe, expect, it } from 'vitest';
import { sampleService, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';
import { wholeSettings } from '../testing/whole-settings.ts';

const { templates, stacks } = synthesize(wholeSettings());
const web = templates['service-web'];
const plain = synthesize(sampleSettings()).templates['service-web'];

const rules = (template: Json) => propertiesOf(template, 'AWS::ElasticLoadBalancingV2::ListenerRule');
const parameters = (id: string) => stacks.find((stack) => stack.id === id)!.parameters;

describe('a web service', () => {
  const [service] = resourcesOf(web, 'AWS::ECS::Service');

  it('runs on Fargate in private subnets, without public addresses (S2-05, S2-31, S2-81, S3-07)', () => {
    expect(service.Properties.LaunchType).toBe('FARGATE');
    expect(service.Properties.NetworkConfiguration.AwsvpcConfiguration).toEqual({
      AssignPublicIp: 'DISABLED',
      Subnets: [{ Ref: 'NetworkPrivateSubnet1' }, { Ref: 'NetworkPrivateSubnet2' }],
      SecurityGroups: [{ Ref: 'RuntimeTaskSecurityGroupWeb' }],
    });
  });

  it('takes public addresses only where the network has no other way out', () => {
    const { network } = sampleSettings();
    const open = synthesize(sampleSettings({ network: { ...network, tasks: 'public' } })).templates['service-web'];
    expect(propertiesOf(open, 'AWS::ECS::Service')[0].NetworkConfiguration.AwsvpcConfiguration).toMatchObject({
      AssignPublicIp: 'ENABLED',
      Subnets: [{ Ref: 'NetworkPublicSubnet1' }, { Ref: 'NetworkPublicSubnet2' }],
    });
  });

  it('goes back by itself when a deployment fails, and never below its tasks (S4-11, F-52, F-62)', () => {
    expect(service.Properties.DeploymentConfiguration).toEqual({
      DeploymentCircuitBreaker: { Enable: true, Rollback: true },
      MinimumHealthyPercent: 100,
      MaximumPercent: 200,
    });
  });

  it('says how many tasks run only when the service is made; later that is what scaling decided (F-60)', () => {
    expect(parameters('service-web').FirstTasks).toEqual({ from: 'first', value: '2' });
    expect(service.Properties.DesiredCount).toEqual({
      'Fn::If': ['HasFirstTasks', { Ref: 'FirstTasks' }, { Ref: 'AWS::NoValue' }],
    });
    expect(web.Conditions.HasFirstTasks).toEqual({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'FirstTasks' }, ''] }] });
  });

  it('waits for the rules that lead to it (F-67)', () => {
    expect(service.DependsOn).toHaveLength(2);
    for (const id of service.DependsOn)
      expect(web.Resources[id].Type).toBe('AWS::ElasticLoadBalancingV2::ListenerRule');
  });

  it('runs the digest that it is given, on the processor that it is built for (C10, D8, F-35)', () => {
    expect(parameters('service-web').ImageWeb).toEqual({ from: 'image', service: 'web' });
    const [definition] = resourcesOf(web, 'AWS::ECS::TaskDefinition');
    expect(definition.UpdateReplacePolicy).toBe('Retain');
    expect(definition.Properties.ContainerDefinitions[0].Image).toEqual({ Ref: 'ImageWeb' });
    expect(definition.Properties.RuntimePlatform.CpuArchitecture).toBe('X86_64');
    const [arm] = propertiesOf(templates['service-admin'], 'AWS::ECS::TaskDefinition');
    expect(arm.RuntimePlatform.CpuArchitecture).toBe('ARM64');
  });

  it('may be entered where the settings say so (S3-63, S3-123)', () => {
    expect(service.Properties.EnableExecuteCommand).toBe(true);
    expect(propertiesOf(plain, 'AWS::ECS::Service')[0].EnableExecuteCommand).toBe(false);
  });

  it('is asked for its health where and how the settings say (S2-29, S2-42)', () => {
    expect(propertiesOf(web, 'AWS::ElasticLoadBalancingV2::TargetGroup')[0]).toMatchObject({
      Port: 8000,
      Protocol: 'HTTP',
      TargetType: 'ip',
      HealthCheckPath: '/health',
      Matcher: { HttpCode: '200' },
      HealthCheckIntervalSeconds: 30,
      HealthCheckTimeoutSeconds: 5,
    });
    expect(service.Properties.HealthCheckGracePeriodSeconds).toBe(120);
  });

  it('is checked from inside the container where a command is given (F-51)', () => {
    const health = { path: '/', matcher: '200', intervalSeconds: 30, timeoutSeconds: 5, command: 'curl -f localhost' };
    const made = synthesize(sampleSettings({ services: { web: sampleService({ health }) } })).templates['service-web'];
    expect(propertiesOf(made, 'AWS::ECS::TaskDefinition')[0].ContainerDefinitions[0].HealthCheck).toEqual({
      Command: ['CMD-SHELL', 'curl -f localhost'],
      Interval: 30,
      Timeout: 5,
      Retries: 3,
      StartPeriod: 120,
    });
  });
});

describe('the way to a service', () => {
  it('is its host on the HTTPS listener, and a redirect beside it (S0-14, S0-20, S2-82, S3-49)', () => {
    const [forward, redirect] = rules(web);
    const host = [{ Field: 'host-header', HostHeaderConfig: { Values: ['api.example.com'] } }];
    expect(forward).toMatchObject({ ListenerArn: { Ref: 'RuntimeListenerArn443' }, Conditions: host });
    expect(forward.Actions[0].Type).toBe('forward');
    expect(redirect).toMatchObject({ ListenerArn: { Ref: 'RuntimeListenerArn80' }, Conditions: host });
    expect(redirect.Actions[0].RedirectConfig).toEqual({ Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' });
  });

  it('has a priority that the state remembers, or the one that is written (S3-119, F-68)', () => {
    expect(rules(web).map(({ Priority }) => Priority)).toEqual([
      { Ref: 'RulePriorityWeb' },
      { Ref: 'RulePriorityWeb' },
    ]);
    expect(parameters('service-web').RulePriorityWeb).toEqual({ from: 'state', key: 'rule-priority/web' });
    expect(rules(templates['service-admin'])[0].Priority).toBe(20);
  });

  it('brings its certificate along unless the listener starts with it (S3-124, D2, F-72)', () => {
    expect(resourcesOf(web, 'AWS::ElasticLoadBalancingV2::ListenerCertificate')).toEqual([]);
    expect(propertiesOf(templates['service-admin'], 'AWS::ElasticLoadBalancingV2::ListenerCertificate')).toEqual([
      {
        ListenerArn: { Ref: 'RuntimeListenerArn443' },
        Certificates: [{ CertificateArn: 'arn:aws:acm:us-east-1:222222222222:certificate/1' }],
      },
    ]);
  });

  it('does not redirect where the configuration says so (F-63)', () => {
    expect(rules(templates['service-admin'])).toHaveLength(1);
  });

  it('is everything on its listener when the service has no domain, after every host (S3-48)', () => {
    expect(rules(plain)).toEqual([
      expect.objectContaining({
        Priority: 50_000,
        Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
      }),
    ]);
  });

  it('is open from the load balancer to its port alone (S2-08, F-66)', () => {
    const [ingress] = propertiesOf(web, 'AWS::EC2::SecurityGroupIngress');
    expect(ingress).toMatchObject({
      GroupId: { Ref: 'RuntimeTaskSecurityGroupWeb' },
      SourceSecurityGroupId: { Ref: 'RuntimeLoadBalancerSecurityGroup' },
      FromPort: 8000,
      ToPort: 8000,
    });
    const [egress] = propertiesOf(web, 'AWS::EC2::SecurityGroupEgress');
    expect(egress).toMatchObject({
      GroupId: { Ref: 'RuntimeLoadBalancerSecurityGroup' },
      DestinationSecurityGroupId: { Ref: 'RuntimeTaskSecurityGroupWeb' },
      FromPort: 8000,
      ToPort: 8000,
    });
  });

  it('is told as a URL (S3-50, S3-52)', () => {
    expect(web.Outputs.Url.Value).toBe('https://api.example.com');
    expect(plain.Outputs.Url.Value).toEqual({ 'Fn::Join': ['', ['http://', { Ref: 'RuntimeLoadBalancerHost' }]] });
    const http = { listenerPort: 8081, tls: false, redirectHttp: false } as const;
    const further = synthesize(sampleSettings({ services: { web: sampleService({ http }) } })).templates['service-web'];
    expect(further.Outputs.Url.Value['Fn::Join'][1]).toEqual(['http://', { Ref: 'RuntimeLoadBalancerHost' }, ':8081']);
  });
});

describe('scaling', () => {
  it('keeps the tasks between two bounds, by CPU, memory and requests (S0-38, S2-32, S2-33, S2-34, S2-35, S2-36)', () => {
    const [target] = propertiesOf(web, 'AWS::ApplicationAutoScaling::ScalableTarget');
    expect(target).toMatchObject({ MinCapacity: 2, MaxCapacity: 10, ScalableDimension: 'ecs:service:DesiredCount' });
    const policies = propertiesOf(web, 'AWS::ApplicationAutoScaling::ScalingPolicy').map(
      ({ TargetTrackingScalingPolicyConfiguration: tracking }) =>
        `${tracking.PredefinedMetricSpecification.PredefinedMetricType} ${tracking.TargetValue}`,
    );
    expect(policies).toEqual([
      'ECSServiceAverageCPUUtilization 70',
      'ECSServiceAverageMemoryUtilization 80',
      'ALBRequestCountPerTarget 1000',
    ]);
  });

  it('follows the clock (S2-72)', () => {
    expect(propertiesOf(web, 'AWS::ApplicationAutoScaling::ScalableTarget')[0].ScheduledActions).toEqual([
      {
        ScheduledActionName: 'schedule-1',
        Schedule: 'cron(0 20 ? * MON-FRI *)',
        ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
      },
    ]);
  });
});

describe('a worker', () => {
  const jobs = templates['service-jobs'];

  it('runs without port, target group or rule', () => {
    const types = new Set(Object.values<Json>(jobs.Resources).map(({ Type }) => Type));
    expect([...types].filter((type) => /ElasticLoadBalancing|SecurityGroup/.test(type))).toEqual([]);
    const [service] = propertiesOf(jobs, 'AWS::ECS::Service');
    expect(service.LoadBalancers).toBeUndefined();
    expect(service.HealthCheckGracePeriodSeconds).toBeUndefined();
    const [container] = propertiesOf(jobs, 'AWS::ECS::TaskDefinition')[0].ContainerDefinitions;
    expect(container.PortMappings).toBeUndefined();
    expect(container.Command).toEqual(['node', 'worker.js']);
  });
});

describe('a service on shared infrastructure', () => {
  const shared = synthesize(
    sampleSettings({
      sharing: { mode: 'consume', prefix: '/shared-infra/prod' },
      network: { availabilityZones: ['us-east-1a', 'us-east-1b'], source: { from: 'shared' }, tasks: 'private' },
      services: {
        web: sampleService({
          http: {
            domain: 'api.example.org',
            listenerPort: 443,
            tls: { listenerDefault: false },
            redirectHttp: true,
            rulePriority: 200,
          },
        }),
      },
    }),
  );

  it('takes network and listener from the provider, by the names it writes (S3-113, S3-115)', () => {
    expect(shared.stacks.map(({ id }) => id)).toEqual(['images', 'runtime', 'tasks', 'service-web']);
    const sources = Object.values(shared.stacks.find(({ id }) => id === 'service-web')!.parameters);
    expect(sources.flatMap((source) => (source.from === 'shared' ? source.parameter : [])).sort()).toEqual([
      '/shared-infra/prod/alb/https-listener-arn',
      '/shared-infra/prod/alb/security-group-id',
      '/shared-infra/prod/network/private-subnet-ids',
      '/shared-infra/prod/network/vpc-id',
    ]);
  });

  it('adds its own certificate and rule to the provider’s listener (S3-118, S3-124, D2)', () => {
    const template = shared.templates['service-web'];
    expect(propertiesOf(template, 'AWS::ElasticLoadBalancingV2::ListenerCertificate')).toHaveLength(1);
    expect(rules(template)).toEqual([expect.objectContaining({ Priority: 200 })]);
    expect(resourcesOf(shared.templates.runtime, 'AWS::ElasticLoadBalancingV2::LoadBalancer')).toEqual([]);
  });
});
