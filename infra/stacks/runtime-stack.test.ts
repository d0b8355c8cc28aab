import { describe, expect, it } from 'vitest';
import type { AppSettings } from '../settings.ts';
import { sampleService, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';

const runtime = (services: AppSettings['services'], changes: Partial<AppSettings> = {}) =>
  synthesize(sampleSettings({ services, ...changes }));

const secure = { domain: 'api.example.com', listenerPort: 443, tls: { listenerDefault: true }, redirectHttp: true };

const listeners = (template: Json) =>
  propertiesOf(template, 'AWS::ElasticLoadBalancingV2::Listener').map(({ Port, Protocol }) => `${Port} ${Protocol}`);

describe('the runtime', () => {
  it('has one cluster, with insights where asked for (S2-30)', () => {
    const value = (template: Json) => propertiesOf(template, 'AWS::ECS::Cluster')[0].ClusterSettings;
    expect(value(runtime({}, { oneOffs: { migrations: sampleService() } }).templates.runtime)).toEqual([
      { Name: 'containerInsights', Value: 'disabled' },
    ]);
    const { observability } = sampleSettings();
    const watched = runtime({ web: sampleService() }, { observability: { ...observability, containerInsights: true } });
    expect(value(watched.templates.runtime)[0].Value).toBe('enabled');
  });

  it('has a public load balancer whose listeners answer 404 by themselves (S0-20, S2-04, S3-08)', () => {
    const { templates } = runtime({ web: sampleService() });
    const [balancer] = propertiesOf(templates.runtime, 'AWS::ElasticLoadBalancingV2::LoadBalancer');
    expect(balancer).toMatchObject({ Scheme: 'internet-facing', Type: 'application' });
    expect(balancer.Subnets).toEqual([{ Ref: 'NetworkPublicSubnet1' }, { Ref: 'NetworkPublicSubnet2' }]);
    expect(balancer.Name).toBeUndefined();
    const [listener] = propertiesOf(templates.runtime, 'AWS::ElasticLoadBalancingV2::Listener');
    expect(listener.DefaultActions).toEqual([
      expect.objectContaining({
        Type: 'fixed-response',
        FixedResponseConfig: expect.objectContaining({ StatusCode: '404' }),
      }),
    ]);
  });

  it('speaks TLS 1.2 and newer with the certificate it is given; port 80 is there to redirect (S2-82, S2-91, S2-28)', () => {
    const { templates, stacks } = runtime({ web: sampleService({ http: secure }) });
    expect(listeners(templates.runtime)).toEqual(['80 HTTP', '443 HTTPS']);
    const https = propertiesOf(templates.runtime, 'AWS::ElasticLoadBalancingV2::Listener')[1];
    expect(https.SslPolicy).toBe('ELBSecurityPolicy-TLS13-1-2-2021-06');
    expect(https.Certificates).toEqual([{ CertificateArn: { Ref: 'CertificateWeb' } }]);
    expect(stacks.find(({ id }) => id === 'runtime')?.parameters.CertificateWeb).toEqual({
      from: 'state',
      key: 'certificate/services/web',
    });
  });

  it('has no port 80 where nothing redirects (S2-82, F-63)', () => {
    const { templates } = runtime({ web: sampleService({ http: { ...secure, redirectHttp: false } }) });
    expect(listeners(templates.runtime)).toEqual(['443 HTTPS']);
    const [group] = propertiesOf(templates.runtime, 'AWS::EC2::SecurityGroup').filter(
      (one) => one.SecurityGroupIngress,
    );
    expect(group.SecurityGroupIngress.map((rule: Json) => rule.FromPort)).toEqual([443]);
  });

  it('has a listener for each further service without a domain', () => {
    const { templates } = runtime({
      web: sampleService(),
      admin: sampleService({ http: { listenerPort: 8081, tls: false, redirectHttp: false } }),
    });
    expect(listeners(templates.runtime)).toEqual(['80 HTTP', '8081 HTTP']);
  });

  it('lets nothing out of the load balancer by itself: services add the way to themselves', () => {
    const { templates } = runtime({ web: sampleService() });
    const [group] = propertiesOf(templates.runtime, 'AWS::EC2::SecurityGroup').filter(
      (one) => one.SecurityGroupIngress,
    );
    expect(group.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
  });

  it('gives each component a group of its own that nobody may enter yet (S2-08)', () => {
    const { templates } = runtime({ web: sampleService(), jobs: sampleService({ port: undefined, http: undefined }) });
    const groups = propertiesOf(templates.runtime, 'AWS::EC2::SecurityGroup').filter(
      (one) => !one.SecurityGroupIngress,
    );
    expect(groups).toHaveLength(2);
    expect(resourcesOf(templates.runtime, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  it('has no load balancer when all services are workers', () => {
    const { templates } = runtime({ jobs: sampleService({ port: undefined, http: undefined }) });
    expect(listeners(templates.runtime)).toEqual([]);
    expect(resourcesOf(templates.runtime, 'AWS::ElasticLoadBalancingV2::LoadBalancer')).toEqual([]);
  });
});
