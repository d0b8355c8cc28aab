import { describe, expect, it } from 'vitest';
import type { QueueSettings } from '../settings.ts';
import { sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';

const withQueue = (changes: Partial<QueueSettings> = {}): Json =>
  synthesize(
    sampleSettings({
      queues: {
        jobs: {
          fifo: false,
          visibilitySeconds: 300,
          retentionDays: 4,
          dlq: { maxReceive: 3, retentionDays: 14, onDelete: 'retain' },
          onDelete: 'destroy',
          ...changes,
        },
      },
    }),
  ).templates.messaging;

describe('a queue', () => {
  it('sets aside what nobody can process (S2-20, S2-21, S2-27, S4-06)', () => {
    const [dead, queue] = resourcesOf(withQueue(), 'AWS::SQS::Queue');
    expect(queue.Properties).toMatchObject({
      MessageRetentionPeriod: 345_600,
      VisibilityTimeout: 300,
      RedrivePolicy: { maxReceiveCount: 3, deadLetterTargetArn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } },
    });
    expect(queue.DeletionPolicy).toBe('Delete');
    expect(dead).toMatchObject({
      Properties: { MessageRetentionPeriod: 1_209_600 },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });

  it('is encrypted, and so is its dead-letter queue; both answer over TLS only (S2-90)', () => {
    const template = withQueue();
    const queues = propertiesOf(template, 'AWS::SQS::Queue');
    expect(queues).toHaveLength(2);
    for (const { SqsManagedSseEnabled } of queues) expect(SqsManagedSseEnabled).toBe(true);
    const policies = propertiesOf(template, 'AWS::SQS::QueuePolicy');
    expect(policies).toHaveLength(2);
    for (const { PolicyDocument } of policies) {
      expect(PolicyDocument.Statement[0]).toMatchObject({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });

  it('keeps the order where asked for, and so does its dead-letter queue (S2-25)', () => {
    for (const { FifoQueue } of propertiesOf(withQueue({ fifo: true }), 'AWS::SQS::Queue'))
      expect(FifoQueue).toBe(true);
  });

  it('has no dead-letter queue where none is wanted (S4-106)', () => {
    const template = withQueue({ dlq: false });
    expect(propertiesOf(template, 'AWS::SQS::Queue')).toEqual([expect.not.objectContaining({ RedrivePolicy: {} })]);
    expect(Object.keys(template.Outputs)).toEqual(['QueueUrlJobs', 'QueueArnJobs']);
  });

  it('has no fixed name, so that it can be made again at once (F-96)', () => {
    for (const { QueueName } of propertiesOf(withQueue(), 'AWS::SQS::Queue')) expect(QueueName).toBeUndefined();
  });
});

describe('an event bus', () => {
  it('has the name it is given, and an archive where asked for (S0-23, S3-11)', () => {
    const { messaging } = synthesize(
      sampleSettings({ buses: { domain: { busName: 'tango-events', archiveDays: 30 }, audit: { busName: 'audit' } } }),
    ).templates;
    expect(propertiesOf(messaging, 'AWS::Events::EventBus').map(({ Name }) => Name)).toEqual(['tango-events', 'audit']);
    expect(propertiesOf(messaging, 'AWS::Events::Archive')).toMatchObject([{ RetentionDays: 30 }]);
  });
});
