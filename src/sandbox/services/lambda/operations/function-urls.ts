import { createHash, randomUUID } from 'node:crypto';
import type {
  CreateFunctionUrlConfigCommandInput,
  DeleteFunctionUrlConfigCommandInput,
  GetFunctionUrlConfigCommandInput,
  ListFunctionUrlConfigsCommandInput,
  UpdateFunctionUrlConfigCommandInput,
} from '@aws-sdk/client-lambda';
import type { Call, Scope } from '../../../kernel/scope.ts';
import { aliasOf, type Reference, referenceOf } from '../names.ts';
import { conflict, missing, notFound, pageOf, requireValid } from '../refusals.ts';
import { belongsTo, functionArn, functions, lambdaTime, type UrlRow, urls } from '../state.ts';

type Named = { FunctionName?: string | undefined; Qualifier?: string | undefined };

const noFunction = () => notFound('Function does not exist');

/** Only aliases have URLs of their own, versions have none. */
function placeOf(input: Named, call: Call): Reference & { key: string } {
  requireValid(['qualifier', input.Qualifier, { length: [1, 128], pattern: '((?!^\\d+$)^[0-9a-zA-Z-_]+$)' }]);
  const reference = referenceOf(input, call);
  const { name, qualifier } = reference;
  return { ...reference, key: qualifier === undefined ? name : `${name}:${qualifier}` };
}

function requireFunction(reference: Reference, call: Call): void {
  if (!functions.in(call).has(reference.name)) throw noFunction();
  if (reference.qualifier !== undefined && !aliasOf(reference, call)) throw noFunction();
}

/** In AWS's own form; here it is reached as `/_lambda-url/<host>/`. */
export const urlOf = ({ id }: UrlRow, { region }: Scope): string => `https://${id}.lambda-url.${region}.on.aws/`;

const brief = (row: UrlRow, call: Call) => ({
  FunctionUrl: urlOf(row, call),
  FunctionArn: functionArn(call, row.function, row.alias),
  AuthType: row.auth,
  ...(row.cors !== undefined && { Cors: structuredClone(row.cors) }),
  CreationTime: row.created,
});

const answer = (row: UrlRow, call: Call) => ({
  ...brief(row, call),
  LastModifiedTime: row.modified,
  InvokeMode: row.mode,
});

function requireConfig(input: CreateFunctionUrlConfigCommandInput | UpdateFunctionUrlConfigCommandInput): void {
  requireValid(
    ['authType', input.AuthType, { values: ['NONE', 'AWS_IAM'] }],
    ['invokeMode', input.InvokeMode, { values: ['BUFFERED', 'RESPONSE_STREAM'] }],
    ['cors.maxAge', input.Cors?.MaxAge, { range: [0, 86_400] }],
  );
}

export function createFunctionUrlConfig(input: CreateFunctionUrlConfigCommandInput, call: Call) {
  const place = placeOf(input, call);
  requireValid(['authType', input.AuthType, { required: true }]);
  requireConfig(input);
  requireFunction(place, call);
  if (urls.in(call).has(place.key))
    throw conflict(
      `Failed to create function url config for [functionArn = ${place.arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    );
  const now = lambdaTime(call.world.clock.stamp());
  const row = urls.in(call).put(place.key, {
    id: createHash('sha256').update(randomUUID()).digest('hex').slice(0, 32),
    function: place.name,
    ...(place.qualifier !== undefined && { alias: place.qualifier }),
    auth: input.AuthType!,
    mode: input.InvokeMode ?? 'BUFFERED',
    ...(input.Cors !== undefined && { cors: input.Cors }),
    created: now,
    modified: now,
  });
  return { ...brief(row, call), ...(input.InvokeMode !== undefined && { InvokeMode: input.InvokeMode }) };
}

function found(place: { key: string }, call: Call): UrlRow {
  const row = urls.in(call).get(place.key);
  if (!row) throw missing();
  return row;
}

export const getFunctionUrlConfig = (input: GetFunctionUrlConfigCommandInput, call: Call) =>
  answer(found(placeOf(input, call), call), call);

export function updateFunctionUrlConfig(input: UpdateFunctionUrlConfigCommandInput, call: Call) {
  const place = placeOf(input, call);
  requireConfig(input);
  requireFunction(place, call);
  found(place, call);
  const row = urls.in(call).update(place.key, (draft) => {
    if (input.AuthType !== undefined) draft.auth = input.AuthType;
    if (input.InvokeMode !== undefined) draft.mode = input.InvokeMode;
    if (input.Cors !== undefined) draft.cors = input.Cors;
    draft.modified = lambdaTime(call.world.clock.stamp());
  });
  const { InvokeMode, ...shown } = answer(row, call);
  return input.InvokeMode === undefined ? shown : { ...shown, InvokeMode };
}

export function deleteFunctionUrlConfig(input: DeleteFunctionUrlConfigCommandInput, call: Call): Record<string, never> {
  const place = placeOf(input, call);
  found(place, call);
  urls.in(call).delete(place.key);
  return {};
}

export function listFunctionUrlConfigs(input: ListFunctionUrlConfigsCommandInput, call: Call) {
  const { name } = referenceOf(input, call);
  if (!functions.in(call).has(name)) throw noFunction();
  const { items, end } = pageOf(urls.in(call).entries().filter(belongsTo(name)), input);
  return { FunctionUrlConfigs: items.map(([, row]) => answer(row, call)), ...end };
}
