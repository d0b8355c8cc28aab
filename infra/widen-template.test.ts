import { describe, expect, it } from 'vitest';
import type { Use } from './setting-values.ts';
import { sampleDatabase, sampleService, sampleSettings } from './testing/sample-settings.ts';
import { type Json, propertiesOf, synthesize } from './testing/synthesize.ts';
import { widenTemplate } from './widen-template.ts';

const queue = { fifo: false, visibilitySeconds: 30, retentionDays: 4, dlq: false, onDelete: 'destroy' } as const;

const tasks = (uses: Use[], others: string[] = []): Json =>
  synthesize(
    sampleSettings({
      databases: { main: sampleDatabase() },
      queues: { jobs: queue, mails: queue },
      services: Object.fromEntries(['web', ...others].map((name) => [name, sampleService({ uses })])),
    }),
  ).templates.tasks;

const policyNames = (template: Json) =>
  propertiesOf(template, 'AWS::IAM::Role').flatMap(({ Policies = [] }) =>
    Policies.map(({ PolicyName }: Json) => PolicyName),
  );

describe('widenTemplate', () => {
  it('keeps what the running release may do beside what the new one needs', () => {
    const { template, kept } = widenTemplate(
      tasks([{ kind: 'queue', name: 'jobs' }]),
      tasks([{ kind: 'queue', name: 'mails' }]),
    );
    expect(policyNames(template)).toEqual(['UseQueueMails', 'UseQueueJobs', 'Pull', 'Log']);
    expect(kept).toEqual(['MessagingQueueArnJobs']);
    for (const name of kept) expect(template.Parameters[name]).toEqual({ Type: 'String' });
  });

  it('keeps the way to a database that the new release no longer takes', () => {
    const { template, kept } = widenTemplate(tasks([{ kind: 'database', name: 'main' }]), tasks([]));
    expect(propertiesOf(template, 'AWS::EC2::SecurityGroupIngress')).toHaveLength(1);
    expect(kept).toContain('DataDatabaseSecurityGroupMain');
  });

  it('keeps a component that is gone, with what it tells', () => {
    const before = tasks([], ['jobs']);
    const { template } = widenTemplate(before, tasks([]));
    expect(Object.keys(template.Outputs).sort()).toEqual(Object.keys(before.Outputs).sort());
    expect(propertiesOf(template, 'AWS::ECS::TaskDefinition')).toHaveLength(2);
  });

  it('gives every right that either release has, and speaks of no parameter that is not there', () => {
    const before = tasks([{ kind: 'database', name: 'main' }], ['jobs']);
    const after = tasks([{ kind: 'queue', name: 'mails' }], ['mailer']);
    const { template } = widenTemplate(before, after);
    for (const one of [before, after])
      expect(new Set(policyNames(template))).toEqual(new Set([...policyNames(template), ...policyNames(one)]));
    const refs = JSON.stringify(template).matchAll(/"Ref":"([A-Za-z0-9]+)"/g);
    for (const [, name] of refs) expect({ ...template.Parameters, ...template.Resources }).toHaveProperty(name!);
  });

  it('lets a distribution that goes read its bucket until then, and opens no bucket that is closed', () => {
    const read = (source: string) => ({
      Sid: 'CloudFrontReads',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'AWS:SourceArn': source } },
    });
    const deny = { Sid: 'RequireTls', Effect: 'Deny', Principal: { AWS: '*' } };
    const open = { Sid: 'PublicRead', Effect: 'Allow', Principal: '*' };
    const template = (...Statement: Json[]) => ({
      Resources: { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement } } } },
    });
    const widened = (before: Json, after: Json) =>
      widenTemplate(before, after).template.Resources.Policy.Properties.PolicyDocument.Statement;
    expect(widened(template(deny, read('a'), open), template(deny))).toEqual([deny, read('a')]);
    expect(widened(template(deny, read('a')), template(deny, read('b')))).toEqual([
      deny,
      read('b'),
      { ...read('a'), Sid: 'CloudFrontReadsBefore' },
    ]);
  });

  it('F-120: turns nobody away at the load balancer before CloudFront brings the header', () => {
    const runtime = (originVerify: false | { generation: number }) =>
      synthesize(
        sampleSettings({ services: { web: sampleService() }, edge: { waf: { ratePer5Min: 100 }, originVerify } }),
      ).templates.runtime;
    const asked = ({ template }: Json) => propertiesOf(template, 'AWS::WAFv2::WebACL')[0].Rules[0];
    const [open, closed] = [runtime(false), runtime({ generation: 0 })];
    const wide = widenTemplate(open, closed);
    expect(asked(wide)).toMatchObject({ Name: 'origin-verify', Action: { Count: {} } });
    // A deployment that was cut off has left it so.
    expect(asked(widenTemplate(wide.template, closed)).Action).toEqual({ Count: {} });
    expect(asked(widenTemplate(closed, runtime({ generation: 1 }))).Action).toEqual({ Block: {} });
    // Nor after CloudFront has left it out again, while the firewall is still there.
    const none = synthesize(sampleSettings({ services: { web: sampleService() } })).templates.runtime;
    expect(asked(widenTemplate(closed, none)).Action).toEqual({ Count: {} });
    expect(propertiesOf(closed, 'AWS::WAFv2::WebACL')[0].Rules[0].Action).toEqual({ Block: {} });
  });

  it('changes nothing where nothing is taken away', () => {
    const after = tasks([{ kind: 'queue', name: 'jobs' }]);
    expect(widenTemplate(tasks([]), after)).toEqual({ template: after, kept: [] });
  });
});
