import { describe, expect, it } from 'vitest';
import { buildApp } from './app.ts';
import type { AppSettings } from './settings.ts';
import { sampleComponent, sampleSettings } from './testing/sample-settings.ts';
import { type Json, propertiesOf, someCodes, synthesize } from './testing/synthesize.ts';
import { wholeSettings } from './testing/whole-settings.ts';

const whole = synthesize(wholeSettings());
const nowhere = { outdir: '/nonexistent', codes: someCodes(wholeSettings()) };

describe('buildApp', () => {
  it('makes the stacks of the design, each with what it waits for (S2-65, C1)', () => {
    expect(Object.fromEntries(whole.stacks.map(({ id, after }) => [id, after]))).toEqual({
      images: [],
      network: [],
      data: ['network'],
      messaging: [],
      runtime: ['network'],
      tasks: ['data', 'images', 'messaging', 'runtime'],
      'service-web': ['data', 'messaging', 'network', 'runtime', 'tasks'],
      'service-admin': ['network', 'runtime', 'tasks'],
      'service-jobs': ['data', 'messaging', 'network', 'runtime', 'tasks'],
      functions: ['data', 'messaging', 'network'],
      edge: [],
      sites: ['data', 'edge', 'runtime', 'service-admin', 'service-web'],
      observability: [
        'data',
        'functions',
        'messaging',
        'runtime',
        'service-admin',
        'service-jobs',
        'service-web',
        'tasks',
      ],
    });
  });

  it('makes no stack without content', () => {
    const { stacks } = synthesize(sampleSettings({ services: {}, repositories: {} }));
    expect(stacks.map(({ id }) => id)).toEqual(['network']);
  });

  it('makes no network where one exists, and builds in it', () => {
    const { stacks, templates } = synthesize(
      sampleSettings({
        network: {
          availabilityZones: ['us-east-1a', 'us-east-1b'],
          source: {
            from: 'existing',
            vpcId: 'vpc-0a1b2c3d',
            publicSubnetIds: ['subnet-0000000a', 'subnet-0000000b'],
            privateSubnetIds: ['subnet-0000000c', 'subnet-0000000d'],
            isolatedSubnetIds: [],
          },
          tasks: 'private',
        },
      }),
    );
    expect(stacks.map(({ id }) => id)).not.toContain('network');
    expect(propertiesOf(templates.runtime, 'AWS::ElasticLoadBalancingV2::LoadBalancer')[0].Subnets).toEqual([
      'subnet-0000000a',
      'subnet-0000000b',
    ]);
    const [service] = propertiesOf(templates['service-web'], 'AWS::ECS::Service');
    expect(service.NetworkConfiguration.AwsvpcConfiguration.Subnets).toEqual(['subnet-0000000c', 'subnet-0000000d']);
  });

  it('gives the same bytes for the same settings', () => {
    expect(synthesize(wholeSettings()).texts).toEqual(whole.texts);
  });

  it('looks at no variable of the process and leaves none behind', () => {
    const before = { ...process.env };
    process.env.AWS_REGION = 'eu-west-3';
    process.env.CDK_DEFAULT_ACCOUNT = '999999999999';
    process.env.CDK_CONTEXT_JSON = '{"aws:cdk:enable-path-metadata":true}';
    const elsewhere = synthesize(wholeSettings()).texts;
    for (const name of ['AWS_REGION', 'CDK_DEFAULT_ACCOUNT', 'CDK_CONTEXT_JSON']) delete process.env[name];
    expect(elsewhere).toEqual(whole.texts);
    expect({ ...process.env }).toEqual(before);
  });

  it('changes no settings', () => {
    const settings = wholeSettings();
    const freeze = (value: unknown): unknown => {
      if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
      return value;
    };
    expect(() => synthesize(freeze(settings) as AppSettings)).not.toThrow();
  });

  it('takes every value from another stack as a parameter whose source is written down (F-09, S4-08)', () => {
    for (const { id, parameters, outputs, after } of whole.stacks) {
      const template = whole.templates[id];
      expect(Object.keys(template.Parameters ?? {}).sort()).toEqual(Object.keys(parameters).sort());
      expect(Object.keys(template.Outputs ?? {}).sort()).toEqual(outputs);
      expect(JSON.stringify(template)).not.toMatch(/"Export"|Fn::ImportValue|Fn::GetStackOutput/);
      for (const source of Object.values(parameters)) {
        if (source.from !== 'stack') continue;
        expect(after).toContain(source.stack);
        expect(whole.stacks.find((stack) => stack.id === source.stack)?.outputs).toContain(source.output);
      }
    }
  });

  it('waits only for stacks that are made before', () => {
    const done = new Set<string>();
    for (const { id, after } of whole.stacks) {
      for (const first of after) expect(done).toContain(first);
      done.add(id);
    }
  });

  it('writes ASCII, whatever the configuration says: the rest travels as a parameter', () => {
    const settings = sampleSettings();
    const { texts, stacks } = synthesize({
      ...settings,
      services: { web: { ...settings.services.web!, environment: { TITLE: ['Café “Zur Post”'] } } },
    });
    for (const text of Object.values({ ...whole.texts, ...texts })) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    const values = Object.values(stacks.find(({ id }) => id === 'service-web')!.parameters);
    expect(values).toContainEqual({ from: 'value', value: 'Café “Zur Post”' });
  });

  it('hides no parameter, reads none from SSM, checks no bootstrap version', () => {
    for (const [id, template] of Object.entries(whole.templates)) {
      for (const parameter of Object.values<Json>(template.Parameters ?? {}))
        expect(parameter).toEqual({ Type: 'String' });
      expect(template.Rules).toBeUndefined();
      // How many tasks a service starts with is the one thing that holds for a first deployment only.
      expect(Object.keys(template.Conditions ?? {})).toEqual(id.startsWith('service-') ? ['HasFirstTasks'] : []);
      expect(template.Mappings).toBeUndefined();
    }
  });

  it('says of every resource what it is to a person', () => {
    for (const [id, template] of Object.entries(whole.templates)) {
      const names = Object.values<Json>(template.Resources).map((resource) => resource.Metadata['platform:name']);
      for (const name of names) expect(name).toMatch(/^[A-Za-z][A-Za-z0-9' -]+$/);
      expect(new Set(names).size, `${id}: ${names.join(', ')}`).toBe(names.length);
    }
  });

  it('bounds every role where the organisation wants it', () => {
    const { templates } = synthesize(
      wholeSettings({ bootstrap: { qualifier: 'acme', permissionsBoundary: 'developer-boundary' } }),
    );
    const roles = Object.values(templates).flatMap((template) => propertiesOf(template, 'AWS::IAM::Role'));
    expect(roles.length).toBeGreaterThan(6);
    for (const { PermissionsBoundary } of roles) {
      expect(JSON.stringify(PermissionsBoundary)).toContain('222222222222:policy/developer-boundary');
    }
  });

  it('deploys through the bootstrap of its qualifier', () => {
    const { app } = buildApp(wholeSettings({ bootstrap: { qualifier: 'acme' } }), nowhere);
    const { synthesizer } = app.node.findChild('network') as unknown as { synthesizer: { bootstrapQualifier: string } };
    expect(synthesizer.bootstrapQualifier).toBe('acme');
  });

  it('protects data and network, and nothing that must be replaceable (S1-28)', () => {
    const protectedStacks = (protectStacks: boolean) => {
      const { app } = buildApp(wholeSettings({ protectStacks }), nowhere);
      return app.node.children.flatMap((child) =>
        (child as unknown as { terminationProtection?: boolean }).terminationProtection ? [child.node.id] : [],
      );
    };
    expect(protectedStacks(true)).toEqual(['network', 'data']);
    expect(protectedStacks(false)).toEqual([]);
  });

  it('tags the stacks, not the templates', () => {
    const { app } = buildApp(wholeSettings(), nowhere);
    for (const child of app.node.children) {
      const { tags } = child as unknown as { tags?: { tagValues(): Record<string, string> } };
      if (tags) expect(tags.tagValues()).toEqual(wholeSettings().tags);
    }
    expect(whole.texts['service-web']).not.toContain('platform:project');
  });

  it('gives a component without a service its own task, cluster and group', () => {
    const { templates, stacks } = synthesize(
      sampleSettings({ services: {}, oneOffs: { migrations: sampleComponent({ container: 'migrations' }) } }),
    );
    expect(stacks.map(({ id }) => id)).toEqual(['images', 'network', 'runtime', 'tasks']);
    expect(propertiesOf(templates.runtime, 'AWS::ElasticLoadBalancingV2::LoadBalancer')).toEqual([]);
    expect(propertiesOf(templates.tasks, 'AWS::ECS::TaskDefinition')[0].Family).toBe('shop-dev-migrations-once');
  });
});
