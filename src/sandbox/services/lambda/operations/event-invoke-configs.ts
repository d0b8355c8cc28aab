import type {
  DeleteFunctionEventInvokeConfigCommandInput,
  DestinationConfig,
  FunctionEventInvokeConfig,
  GetFunctionEventInvokeConfigCommandInput,
  ListFunctionEventInvokeConfigsCommandInput,
  PutFunctionEventInvokeConfigCommandInput,
  UpdateFunctionEventInvokeConfigCommandInput,
} from '@aws-sdk/client-lambda';
import type { Call } from '../../../kernel/scope.ts';
import { requireDestinations } from '../destinations.ts';
import { aliasOf, isVersion, type Reference, referenceOf } from '../names.ts';
import { invalidParameter, notFound, pageOf, requireValid } from '../refusals.ts';
import { belongsTo, type EventInvokeRow, eventInvokes, functionArn, functions, LATEST, versions } from '../state.ts';

const noFunction = () => notFound("The function doesn't exist.");

const noConfig = (arn: string) => notFound(`The function ${arn} doesn't have an EventInvokeConfig`);

/** Without a qualifier it is about `$LATEST`. */
function placeOf(input: { FunctionName?: string | undefined; Qualifier?: string | undefined }, call: Call) {
  const given = referenceOf(input, call);
  const qualifier = given.qualifier ?? LATEST;
  return { ...given, qualifier, arn: functionArn(call, given.name, qualifier), key: `${given.name}:${qualifier}` };
}

function requireFunction(reference: Reference & { qualifier: string }, call: Call): void {
  const exists = isVersion(reference.qualifier)
    ? versions.in(call).has(`${reference.name}:${reference.qualifier}`)
    : aliasOf(reference, call) !== undefined;
  if (!exists) throw noFunction();
}

const answer = ({ arn, attempts, maxAgeS, destinations, modified }: EventInvokeRow): FunctionEventInvokeConfig => ({
  FunctionArn: arn,
  LastModified: new Date(modified),
  ...(attempts !== undefined && { MaximumRetryAttempts: attempts }),
  ...(maxAgeS !== undefined && { MaximumEventAgeInSeconds: maxAgeS }),
  DestinationConfig: structuredClone(destinations),
});

type Put = PutFunctionEventInvokeConfigCommandInput;

function requireConfig(input: Put): void {
  requireValid(
    ['maximumRetryAttempts', input.MaximumRetryAttempts, { range: [0, 2] }],
    ['maximumEventAgeInSeconds', input.MaximumEventAgeInSeconds, { range: [60, 21_600] }],
  );
  if (
    input.MaximumRetryAttempts === undefined &&
    input.MaximumEventAgeInSeconds === undefined &&
    input.DestinationConfig === undefined
  )
    throw invalidParameter('You must specify at least one of error handling or destination setting.');
}

const destinationsOf = ({ OnSuccess = {}, OnFailure = {} }: DestinationConfig = {}): DestinationConfig => ({
  OnSuccess: OnSuccess.Destination ? { Destination: OnSuccess.Destination } : {},
  OnFailure: OnFailure.Destination ? { Destination: OnFailure.Destination } : {},
});

function write(place: ReturnType<typeof placeOf>, before: EventInvokeRow | undefined, input: Put, call: Call) {
  const attempts = input.MaximumRetryAttempts ?? before?.attempts;
  const maxAgeS = input.MaximumEventAgeInSeconds ?? before?.maxAgeS;
  const row = eventInvokes.in(call).put(place.key, {
    arn: place.arn,
    ...(attempts !== undefined && { attempts }),
    ...(maxAgeS !== undefined && { maxAgeS }),
    destinations: destinationsOf(input.DestinationConfig ?? before?.destinations),
    modified: call.world.clock.stamp(),
  });
  return answer(row);
}

export function putFunctionEventInvokeConfig(input: Put, call: Call) {
  const place = placeOf(input, call);
  requireDestinations.form(input.DestinationConfig);
  requireConfigOrFunction(place, input, call);
  requireDestinations.exist(input.DestinationConfig, place, call);
  return write(place, undefined, input, call);
}

/** As recorded: the function is looked for before its settings are missed. */
function requireConfigOrFunction(place: ReturnType<typeof placeOf>, input: Put, call: Call): void {
  requireFunction(place, call);
  requireConfig(input);
}

export function updateFunctionEventInvokeConfig(input: UpdateFunctionEventInvokeConfigCommandInput, call: Call) {
  const place = placeOf(input, call);
  requireDestinations.form(input.DestinationConfig);
  requireConfigOrFunction(place, input, call);
  requireDestinations.exist(input.DestinationConfig, place, call);
  const before = eventInvokes.in(call).get(place.key);
  if (!before) throw noConfig(place.arn);
  return write(place, before, input, call);
}

export function getFunctionEventInvokeConfig(input: GetFunctionEventInvokeConfigCommandInput, call: Call) {
  const { key, arn } = placeOf(input, call);
  const row = eventInvokes.in(call).get(key);
  if (!row) throw noConfig(arn);
  return answer(row);
}

export function deleteFunctionEventInvokeConfig(
  input: DeleteFunctionEventInvokeConfigCommandInput,
  call: Call,
): Record<string, never> {
  const { key, arn } = placeOf(input, call);
  if (!eventInvokes.in(call).delete(key)) throw noConfig(arn);
  return {};
}

export function listFunctionEventInvokeConfigs(input: ListFunctionEventInvokeConfigsCommandInput, call: Call) {
  const { name } = referenceOf(input, call);
  if (!functions.in(call).has(name)) throw noFunction();
  const rows = eventInvokes.in(call).entries().filter(belongsTo(name));
  const { items, end } = pageOf(rows, input);
  return { FunctionEventInvokeConfigs: items.map(([, row]) => answer(row)), ...end };
}
