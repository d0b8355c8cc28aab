import type {
  CreateFunctionCommandInput,
  DeleteFunctionCommandInput,
  DescribeFunctionCommandInput,
  FunctionConfig,
  GetFunctionCommandInput,
  ListFunctionsCommandInput,
  PublishFunctionCommandInput,
  UpdateFunctionCommandInput,
} from '@aws-sdk/client-cloudfront';
import type { Call } from '../../../kernel/scope.ts';
import { violation } from '../../constraints.ts';
import { fault, invalidArgument, requireMatch } from '../faults.ts';
import { newId } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { distributions, type FunctionRow, functions, type StageRow } from '../state.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const CODE_BYTES = 10 * 1024;
const FUNCTIONS = 100;

function found(name: string | undefined, call: Call): FunctionRow {
  if (name === undefined) throw invalidArgument('The parameter Name is required.');
  const row = functions.in(call).get(name);
  if (!row) throw fault('NoSuchFunctionExists', 'The specified function does not exist.');
  return row;
}

function stageOf(row: FunctionRow, stage: string | undefined): StageRow {
  const held = stage === 'LIVE' ? row.live : row.development;
  if (!held) throw fault('NoSuchFunctionExists', 'The specified function does not exist.');
  return held;
}

const usedBy = (arn: string, call: Call): boolean =>
  distributions
    .in(call)
    .values()
    .some(({ config }) =>
      [config.DefaultCacheBehavior!, ...(config.CacheBehaviors?.Items ?? [])].some((behavior) =>
        (behavior.FunctionAssociations?.Items ?? []).some(({ FunctionARN }) => FunctionARN === arn),
      ),
    );

function summary(row: FunctionRow, stage: 'DEVELOPMENT' | 'LIVE', call: Call) {
  const { config, modified } = stageOf(row, stage);
  return {
    Name: row.name,
    Status: stage === 'DEVELOPMENT' ? 'UNPUBLISHED' : usedBy(row.arn, call) ? 'DEPLOYED' : 'UNASSOCIATED',
    FunctionConfig: structuredClone(config),
    FunctionMetadata: {
      FunctionARN: row.arn,
      Stage: stage,
      CreatedTime: new Date(row.created),
      LastModifiedTime: new Date(modified),
    },
  };
}

function checked(
  config: FunctionConfig | undefined,
  code: Uint8Array | undefined,
): { config: FunctionConfig; code: string } {
  const complaint = violation([
    ['functionConfig', config, { required: true }],
    ['functionConfig.comment', config?.Comment, { required: true, length: [0, 128] }],
    ['functionConfig.runtime', config?.Runtime, { required: true, values: ['cloudfront-js-1.0', 'cloudfront-js-2.0'] }],
    ['functionCode', code, { required: true }],
  ]);
  if (complaint) throw invalidArgument(complaint);
  if (code!.byteLength > CODE_BYTES)
    throw fault('FunctionSizeLimitExceeded', 'The function is too large. The maximum size is 10 KB.');
  return { config: structuredClone(config!), code: Buffer.from(code!).toString('base64') };
}

export function createFunction(input: CreateFunctionCommandInput, call: Call) {
  const { Name: name = '' } = input;
  const complaint = violation([
    ['name', input.Name, { required: true, length: [1, 64], pattern: '[a-zA-Z0-9-_]{1,64}' }],
  ]);
  if (complaint) throw invalidArgument(complaint);
  const stage = checked(input.FunctionConfig, input.FunctionCode);
  if (functions.in(call).has(name))
    throw fault(
      'FunctionAlreadyExists',
      'A function with the same name already exists in this Amazon Web Services account. To create a function, you must provide a unique name. To update an existing function, use UpdateFunction.',
    );
  if (functions.in(call).size >= FUNCTIONS)
    throw fault('TooManyFunctions', 'You have reached the maximum number of CloudFront functions for this account.');
  const now = call.world.clock.stamp();
  const row = functions.in(call).put(name, {
    name,
    arn: `arn:aws:cloudfront::${call.account}:function/${name}`,
    created: now,
    development: { ...stage, etag: newId(), modified: now },
    tags: (input.Tags?.Items ?? []).map(({ Key, Value = '' }) => ({ Key, Value })),
  });
  return {
    FunctionSummary: summary(row, 'DEVELOPMENT', call),
    ETag: row.development.etag,
    Location: `https://cloudfront.amazonaws.com/2020-05-31/function/${row.arn}`,
  };
}

export function updateFunction(input: UpdateFunctionCommandInput, call: Call) {
  const { name, development } = found(input.Name, call);
  requireMatch(input.IfMatch, development.etag);
  const stage = checked(input.FunctionConfig, input.FunctionCode);
  const row = functions.in(call).update(name, (draft) => {
    draft.development = { ...stage, etag: newId(), modified: call.world.clock.stamp() };
  });
  return { FunctionSummary: summary(row, 'DEVELOPMENT', call), ETag: row.development.etag };
}

/** The development stage becomes the live one; what distributions run changes with it. */
export function publishFunction({ Name, IfMatch }: PublishFunctionCommandInput, call: Call) {
  const { name, development } = found(Name, call);
  requireMatch(IfMatch, development.etag);
  const row = functions.in(call).update(name, (draft) => {
    draft.live = { ...draft.development, modified: call.world.clock.stamp() };
  });
  return { FunctionSummary: summary(row, 'LIVE', call) };
}

export function describeFunction({ Name, Stage }: DescribeFunctionCommandInput, call: Call) {
  const row = found(Name, call);
  const stage = Stage === 'LIVE' ? 'LIVE' : 'DEVELOPMENT';
  return { FunctionSummary: summary(row, stage, call), ETag: stageOf(row, stage).etag };
}

export function getFunction({ Name, Stage }: GetFunctionCommandInput, call: Call) {
  const { code, etag } = stageOf(found(Name, call), Stage);
  return { FunctionCode: Buffer.from(code, 'base64'), ETag: etag, ContentType: 'application/octet-stream' };
}

export function deleteFunction({ Name, IfMatch }: DeleteFunctionCommandInput, call: Call) {
  const row = found(Name, call);
  requireMatch(IfMatch, row.development.etag);
  if (usedBy(row.arn, call))
    throw fault('FunctionInUse', "Cannot delete the function because it's attached to one or more cache behaviors.");
  functions.in(call).delete(row.name);
  return {};
}

export function listFunctions(input: ListFunctionsCommandInput, call: Call) {
  const stages = functions
    .in(call)
    .values()
    .flatMap((row) =>
      (['DEVELOPMENT', 'LIVE'] as const)
        .filter((stage) => (stage === 'DEVELOPMENT' || row.live) && (input.Stage ?? stage) === stage)
        .map((stage) => summary(row, stage, call)),
    );
  return { FunctionList: listPage(stages, input) };
}
