import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  CreateFunctionUrlConfigCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionEventInvokeConfigCommand,
  DeleteFunctionUrlConfigCommand,
  GetEventSourceMappingCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionUrlConfigsCommand,
  ListTagsCommand,
  PutFunctionEventInvokeConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
  UpdateFunctionEventInvokeConfigCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ARN, open } from './lambda-scene.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/lambda_/test_lambda_api.py and event_source_mapping/). */
const invalid = (message: string) => refusal('InvalidParameterValueException', message);
const notFound = (message: string) => refusal('ResourceNotFoundException', message, 404);
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:q';

describe('equal: function URLs', () => {
  it('test_url_config_lifecycle, test_url_config_list_paging, test_url_config_exceptions', async () => {
    const { lambda, made } = await open();
    const create = (more: object = {}) =>
      answerOf(lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName: 'f', AuthType: 'NONE', ...more })));
    const get = (more: object = {}) =>
      answerOf(lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: 'f', ...more })));
    const list = () => answerOf(lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName: 'f' })));
    expect(await create()).toEqual(notFound('Function does not exist'));
    expect(await list()).toEqual(notFound('Function does not exist'));
    await made();
    expect(await create({ Qualifier: '1' })).toEqual(
      refusal(
        'ValidationException',
        "1 validation error detected: Value '1' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)",
      ),
    );
    expect(await create({ Qualifier: 'none' })).toEqual(notFound('Function does not exist'));
    const shown = {
      AuthType: 'NONE',
      CreationTime: expect.any(String),
      FunctionArn: ARN,
      FunctionUrl: expect.stringMatching(/^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/),
    };
    expect(await create()).toEqual(shown);
    expect(await create()).toEqual(
      refusal(
        'ResourceConflictException',
        `Failed to create function url config for [functionArn = ${ARN}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        409,
      ),
    );
    const whole = { ...shown, InvokeMode: 'BUFFERED', LastModifiedTime: expect.any(String) };
    expect(await get()).toEqual(whole);
    expect(await list()).toEqual({ FunctionUrlConfigs: [whole] });
    const update = new UpdateFunctionUrlConfigCommand({ FunctionName: 'f', AuthType: 'AWS_IAM' });
    const { InvokeMode: _, ...updated } = whole;
    expect(await answerOf(lambda.send(update))).toEqual({ ...updated, AuthType: 'AWS_IAM' });
    expect(await answerOf(lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName: 'f' })))).toEqual({});
    expect(await get()).toEqual(notFound('The resource you requested does not exist.'));
  });
});

describe('equal: asynchronous calls', () => {
  it('test_lambda_eventinvokeconfig_exceptions, test_lambda_eventinvokeconfig_lifecycle', async () => {
    const { lambda, allow, made } = await open();
    const put = (more: object = {}) =>
      answerOf(lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: 'f', ...more })));
    const to = (Destination: string) => put({ DestinationConfig: { OnSuccess: { Destination } } });
    expect(await put({ MaximumRetryAttempts: 1 })).toEqual(notFound("The function doesn't exist."));
    await made();
    await made({ FunctionName: 'g' });
    expect(await put()).toEqual(invalid('You must specify at least one of error handling or destination setting.'));
    expect(await to(`${ARN.slice(0, -1)}none`)).toEqual(
      invalid(`The destination ARN ${ARN.slice(0, -1)}none is invalid.`),
    );
    expect(await to(ARN)).toEqual(invalid("You can't specify the function as a destination for itself."));
    const iam = ARN.replace('lambda', 'iam');
    expect(await to(iam)).toEqual(
      invalid(
        `The provided destination config DestinationConfig(onSuccess=OnSuccess(destination=${iam}), onFailure=null) is invalid.`,
      ),
    );
    expect(await to(QUEUE)).toEqual(
      invalid(`The function's execution role does not have permissions to call SendMessage on ${QUEUE}`),
    );
    await allow(['lambda:InvokeFunction']);
    const shown = { FunctionArn: `${ARN}:$LATEST`, LastModified: expect.any(Date) };
    const none = { OnFailure: {}, OnSuccess: {} };
    expect(await to(`${ARN.slice(0, -1)}g`)).toEqual({
      ...shown,
      DestinationConfig: { OnFailure: {}, OnSuccess: { Destination: `${ARN.slice(0, -1)}g` } },
    });
    expect(await put({ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 2 })).toEqual({
      ...shown,
      DestinationConfig: none,
      MaximumEventAgeInSeconds: 60,
      MaximumRetryAttempts: 2,
    });
    const update = new UpdateFunctionEventInvokeConfigCommand({ FunctionName: 'f', MaximumRetryAttempts: 0 });
    const updated = { ...shown, DestinationConfig: none, MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 };
    expect(await answerOf(lambda.send(update))).toEqual(updated);
    const list = new ListFunctionEventInvokeConfigsCommand({ FunctionName: 'f' });
    expect(await answerOf(lambda.send(list))).toEqual({ FunctionEventInvokeConfigs: [updated] });
    const remove = new DeleteFunctionEventInvokeConfigCommand({ FunctionName: 'f' });
    expect(await answerOf(lambda.send(remove))).toEqual({});
    const gone = notFound(`The function ${ARN}:$LATEST doesn't have an EventInvokeConfig`);
    expect(await answerOf(lambda.send(remove))).toEqual(gone);
    expect(await answerOf(lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName: 'f' })))).toEqual(gone);
    expect(await answerOf(lambda.send(update))).toEqual(gone);
  });
});

describe('event source mappings', () => {
  const READ = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

  it('equal: test_event_source_mapping_exceptions, test_duplicate_event_source_mappings, test_esm_with_not_existing_sqs_queue, test_sqs_invalid_event_filter, test_sqs_event_source_mapping_update', async () => {
    const { sandbox, lambda, allow, made } = await open();
    const create = (more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
      answerOf(lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'f', EventSourceArn: QUEUE, ...more })));
    const get = (UUID: string) => answerOf(lambda.send(new GetEventSourceMappingCommand({ UUID })));
    expect(await get('none')).toEqual(notFound('The resource you requested does not exist.'));
    expect(await create({ EventSourceArn: undefined })).toEqual(invalid('Unrecognized event source.'));
    expect(await create()).toEqual(invalid('Function does not exist'));
    await made();
    expect(await create()).toEqual(
      invalid('The provided execution role does not have permissions to call ReceiveMessage on SQS'),
    );
    await allow(READ);
    expect(await create()).toEqual(
      invalid(
        'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
      ),
    );
    await sandbox.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'q' }));
    for (const Pattern of ['None', '"text"', '[]', '{"eventSource": "aws:sqs"}'])
      expect(await create({ FilterCriteria: { Filters: [{ Pattern }] } })).toEqual(
        invalid('Invalid filter pattern definition.'),
      );
    sandbox.world.pause();
    const made1 = (await create()) as { UUID: string };
    const shown = {
      BatchSize: 10,
      EventSourceArn: QUEUE,
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:000000000000:event-source-mapping:${made1.UUID}`,
      FunctionArn: ARN,
      FunctionResponseTypes: [],
      LastModified: expect.any(Date),
      MaximumBatchingWindowInSeconds: 0,
      StateTransitionReason: 'USER_INITIATED',
      UUID: made1.UUID,
    };
    expect(made1).toEqual({ ...shown, State: 'Creating' });
    expect(await create()).toEqual(
      refusal(
        'ResourceConflictException',
        `An event source mapping with SQS arn (" ${QUEUE} ") and function (" f ") already exists. Please update or delete the existing mapping with UUID ${made1.UUID}`,
        409,
      ),
    );
    await sandbox.settle();
    expect(await get(made1.UUID)).toEqual({ ...shown, State: 'Enabled' });
    const update = new UpdateEventSourceMappingCommand({ UUID: made1.UUID, Enabled: false });
    expect(await answerOf(lambda.send(update))).toEqual({ ...shown, State: 'Disabling' });
    await sandbox.settle();
    const remove = new DeleteEventSourceMappingCommand({ UUID: made1.UUID });
    expect(await answerOf(lambda.send(remove))).toEqual({ ...shown, State: 'Deleting' });
    await sandbox.settle();
    expect(await get(made1.UUID)).toEqual(notFound('The resource you requested does not exist.'));
  });

  it('refuses a queue that hides messages for less than a function may take (F-97), and batches that no window fills', async () => {
    const { sandbox, lambda, made } = await open({ may: READ });
    await sandbox.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'q' }));
    await made({ Timeout: 60 });
    const create = (more: object) =>
      answerOf(lambda.send(new CreateEventSourceMappingCommand({ FunctionName: 'f', EventSourceArn: QUEUE, ...more })));
    expect(await create({})).toEqual(
      invalid('Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds'),
    );
    expect(await create({ BatchSize: 11 })).toEqual(
      invalid('Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10'),
    );
  });
});

describe('equal: tags', () => {
  it('test_tag_lifecycle, test_tag_exceptions[lambda_function], test_tag_versions', async () => {
    const { lambda, made } = await open();
    const tag = (Tags: Record<string, string>, Resource = ARN) =>
      answerOf(lambda.send(new TagResourceCommand({ Resource, Tags })));
    const list = () => answerOf(lambda.send(new ListTagsCommand({ Resource: ARN })));
    expect(await tag({ a: 'b' })).toEqual(notFound(`Function not found: ${ARN}`));
    await made({ Tags: { A: 'tag-a' } });
    expect(await list()).toEqual({ Tags: { A: 'tag-a' } });
    expect(await tag({ B: 'tag-b', A: 'new' })).toEqual({});
    expect(await list()).toEqual({ Tags: { A: 'new', B: 'tag-b' } });
    await lambda.send(new UntagResourceCommand({ Resource: ARN, TagKeys: ['A', 'none'] }));
    expect(await list()).toEqual({ Tags: { B: 'tag-b' } });
    expect(await tag({ a: 'b' }, `${ARN}:$LATEST`)).toEqual(
      invalid('Tags on function aliases and versions are not supported. Please specify a function ARN.'),
    );
    expect(await tag({})).toEqual(invalid('An error occurred and the request cannot be processed.'));
    expect(await tag({ a: 'b' }, 'arn:aws:something')).toMatchObject({ refused: { code: 'ValidationException' } });
  });
});
