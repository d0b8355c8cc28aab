import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListLogGroupsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/logs/…). */
const GROUP = 'tests/web';
const STREAM = 'one';
const ARN = `arn:aws:logs:us-east-1:000000000000:log-group:${GROUP}`;
const DAY_MS = 24 * 60 * 60_000;

async function open({ stream = true } = {}) {
  const logs = (await startSandbox()).client(CloudWatchLogsClient);
  await logs.send(new CreateLogGroupCommand({ logGroupName: GROUP }));
  if (stream) await logs.send(new CreateLogStreamCommand({ logGroupName: GROUP, logStreamName: STREAM }));
  return logs;
}

const groupNamed = (name: string) => ({
  arn: `${ARN.replace(GROUP, name)}:*`,
  creationTime: expect.any(Number),
  deletionProtectionEnabled: false,
  logGroupArn: ARN.replace(GROUP, name),
  logGroupClass: 'STANDARD',
  logGroupName: name,
  metricFilterCount: 0,
  storedBytes: 0,
});

const streamNamed = (name: string) => ({
  arn: `${ARN}:log-stream:${name}`,
  creationTime: expect.any(Number),
  logStreamName: name,
  storedBytes: 0,
});

const put = (logs: CloudWatchLogsClient, ...timestamps: number[]) =>
  answerOf(
    logs.send(
      new PutLogEventsCommand({
        logGroupName: GROUP,
        logStreamName: STREAM,
        logEvents: timestamps.map((timestamp) => ({ timestamp, message: 'hello' })),
      }),
    ),
  );

const LIMIT_REFUSED = refusal(
  'InvalidParameterException',
  "1 validation error detected: Value '10001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
);
const TOKEN_REFUSED = refusal('InvalidParameterException', 'The specified nextToken is invalid.');
const STREAM_MISSING = refusal('ResourceNotFoundException', 'The specified log stream does not exist.');

describe('events', () => {
  it('equal: TestLogsEvents::test_put_log_events_to_invalid_stream', async () => {
    const logs = await open({ stream: false });
    expect(await put(logs, Date.now())).toEqual(STREAM_MISSING);
  });

  it('equal: TestLogsEvents::test_put_log_events_wrong_order', async () => {
    const logs = await open();
    expect(await put(logs, Date.now(), Date.now() - 1000)).toEqual(
      refusal(
        'InvalidParameterException',
        'Log events in a single PutLogEvents request must be in chronological order.',
      ),
    );
  });

  it('equal: TestLogsEvents::test_put_log_events_too_old', async () => {
    const logs = await open();
    expect(await put(logs, Date.now() - 15 * DAY_MS, Date.now())).toEqual({
      nextSequenceToken: expect.stringMatching(/^\d{56}$/),
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    });
  });

  it('equal: TestLogsEvents::test_put_log_events_too_new', async () => {
    const logs = await open();
    expect(await put(logs, Date.now(), Date.now() + DAY_MS)).toEqual({
      nextSequenceToken: expect.stringMatching(/^\d{56}$/),
      rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 },
    });
  });

  it('equal: TestLogsEvents::test_get_log_events_invalid_token', async () => {
    const logs = await open();
    const sent = logs.send(
      new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: STREAM, nextToken: 'ml/of/tokens' }),
    );
    expect(await answerOf(sent)).toEqual(TOKEN_REFUSED);
  });

  it('equal: TestLogsEvents::test_get_log_events_limit_validation', async () => {
    const logs = await open();
    const sent = logs.send(new GetLogEventsCommand({ logGroupName: GROUP, logStreamName: STREAM, limit: 10_001 }));
    expect(await answerOf(sent)).toEqual(LIMIT_REFUSED);
  });

  it('equal: TestLogsEventsErrors::test_resource_does_not_exist', async () => {
    const logs = await open({ stream: false });
    const read = (logGroupName: string) =>
      answerOf(logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'none' })));
    expect(await read('none')).toEqual(refusal('ResourceNotFoundException', 'The specified log group does not exist.'));
    expect(await read(GROUP)).toEqual(STREAM_MISSING);
  });

  it('equal: TestFilterLogEvents::test_filter_log_events_limit_validation', async () => {
    const logs = await open();
    expect(await answerOf(logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, limit: 10_001 })))).toEqual(
      LIMIT_REFUSED,
    );
  });

  it('equal: TestFilterLogEvents::test_filter_log_events_unknown_token', async () => {
    const logs = await open();
    expect(await answerOf(logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, nextToken: 'x' })))).toEqual(
      TOKEN_REFUSED,
    );
  });
});

describe('groups', () => {
  it('equal: TestLogsGroups::test_create_log_group_with_kms_key', async () => {
    const logs = (await startSandbox()).client(CloudWatchLogsClient);
    const kmsKeyId = 'arn:aws:kms:us-east-1:000000000000:key/0123';
    await logs.send(new CreateLogGroupCommand({ logGroupName: GROUP, kmsKeyId }));
    expect(await answerOf(logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: GROUP })))).toEqual({
      logGroups: [{ ...groupNamed(GROUP), kmsKeyId }],
    });
  });

  it('equal: TestLogsGroups::test_create_log_group_duplicate_error', async () => {
    const logs = await open();
    expect(await answerOf(logs.send(new CreateLogGroupCommand({ logGroupName: GROUP })))).toEqual(
      refusal('ResourceAlreadyExistsException', 'The specified log group already exists'),
    );
  });

  it('equal: TestLogsGroups::test_create_log_group_invalid_name_length', async () => {
    const logs = await open();
    expect(await answerOf(logs.send(new CreateLogGroupCommand({ logGroupName: 'a'.repeat(513) })))).toEqual(
      refusal(
        'InvalidParameterException',
        'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
      ),
    );
  });

  it('equal: TestLogsGroups::test_describe_log_groups_with_prefix', async () => {
    const logs = await open();
    for (const name of ['tests/a', 'tests/b', 'other'])
      await logs.send(new CreateLogGroupCommand({ logGroupName: name }));
    expect(await answerOf(logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'tests/' })))).toEqual({
      logGroups: ['tests/a', 'tests/b', GROUP].map(groupNamed),
    });
  });

  it('different (AWS leaves storedBytes and protection out here and sends a token of an empty page): TestLogsGroups::test_describe_log_groups_with_pattern', async () => {
    const logs = await open();
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'other' }));
    expect(await answerOf(logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'web' })))).toEqual({
      logGroups: [groupNamed(GROUP)],
    });
  });

  it('equal: TestLogsGroups::test_describe_log_groups_prefix_and_pattern_error', async () => {
    const logs = await open();
    const sent = logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'a', logGroupNamePrefix: 'b' }));
    expect(await answerOf(sent)).toEqual(
      refusal(
        'InvalidParameterException',
        'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
      ),
    );
  });

  it('equal (as far as ListLogGroups goes): TestLogsGroups::test_list_log_groups_with_pattern', async () => {
    const logs = await open();
    expect(await answerOf(logs.send(new ListLogGroupsCommand({ logGroupNamePattern: 'no-such' })))).toEqual({
      logGroups: [],
    });
    expect(await answerOf(logs.send(new ListLogGroupsCommand({ logGroupNamePattern: 'web' })))).toMatchObject({
      logGroups: [{ logGroupName: GROUP, logGroupArn: ARN, logGroupClass: 'STANDARD' }],
    });
  });
});

describe('tags', () => {
  const tags = async (logs: CloudWatchLogsClient) => {
    const old = await logs.send(new ListTagsLogGroupCommand({ logGroupName: GROUP }));
    const current = await logs.send(new ListTagsForResourceCommand({ resourceArn: ARN }));
    expect(current.tags).toEqual(old.tags);
    return current.tags;
  };

  it('equal: TestLogsGroupsTags::test_create_log_group_with_tags', async () => {
    const logs = (await startSandbox()).client(CloudWatchLogsClient);
    await logs.send(new CreateLogGroupCommand({ logGroupName: GROUP, tags: { env: 'testing' } }));
    expect(await tags(logs)).toEqual({ env: 'testing' });
  });

  it('equal: TestLogsGroupsTags::test_tag_log_group, test_untag_log_group', async () => {
    const logs = await open();
    await logs.send(new TagLogGroupCommand({ logGroupName: GROUP, tags: { a: '1', b: '2' } }));
    expect(await tags(logs)).toEqual({ a: '1', b: '2' });
    await logs.send(new UntagLogGroupCommand({ logGroupName: GROUP, tags: ['a'] }));
    expect(await tags(logs)).toEqual({ b: '2' });
  });

  it('equal: TestLogsGroupsTags::test_tag_resource_api', async () => {
    const logs = await open();
    await logs.send(new TagLogGroupCommand({ logGroupName: GROUP, tags: { env: 'x' } }));
    await logs.send(new TagResourceCommand({ resourceArn: ARN, tags: { env: 'y', more: 'z' } }));
    expect(await tags(logs)).toEqual({ env: 'y', more: 'z' });
    await logs.send(new UntagResourceCommand({ resourceArn: ARN, tagKeys: ['env'] }));
    expect(await tags(logs)).toEqual({ more: 'z' });
  });
});

describe('streams', () => {
  const describeStreams = (logs: CloudWatchLogsClient, input: object) =>
    answerOf(logs.send(new DescribeLogStreamsCommand(input)));

  it('equal: TestLogsStreams::test_create_and_delete_log_stream, test_log_stream_arn_format', async () => {
    const logs = await open();
    expect(await describeStreams(logs, { logGroupName: GROUP })).toEqual({ logStreams: [streamNamed(STREAM)] });
    await logs.send(new DeleteLogStreamCommand({ logGroupName: GROUP, logStreamName: STREAM }));
    expect(await describeStreams(logs, { logGroupName: GROUP })).toEqual({ logStreams: [] });
  });

  it('equal: TestLogsStreams::test_create_log_stream_duplicate_error', async () => {
    const logs = await open();
    const sent = logs.send(new CreateLogStreamCommand({ logGroupName: GROUP, logStreamName: STREAM }));
    expect(await answerOf(sent)).toEqual(
      refusal('ResourceAlreadyExistsException', 'The specified log stream already exists'),
    );
  });

  it('equal: TestLogsStreams::test_describe_log_streams_with_log_group_identifier', async () => {
    const logs = await open();
    for (const logGroupIdentifier of [GROUP, ARN])
      expect(await describeStreams(logs, { logGroupIdentifier })).toEqual({ logStreams: [streamNamed(STREAM)] });
    expect(await describeStreams(logs, { logGroupIdentifier: ARN, logGroupName: GROUP })).toEqual(
      refusal('ValidationException', 'LogGroup name and LogGroup ARN are mutually exclusive parameters.'),
    );
  });

  it('equal: TestLogsStreams::test_describe_log_streams_with_prefix', async () => {
    const logs = await open();
    for (const name of ['p-1', 'p-2'])
      await logs.send(new CreateLogStreamCommand({ logGroupName: GROUP, logStreamName: name }));
    expect(await describeStreams(logs, { logGroupName: GROUP, logStreamNamePrefix: 'p-' })).toEqual({
      logStreams: [streamNamed('p-1'), streamNamed('p-2')],
    });
  });
});
