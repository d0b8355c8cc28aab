import { randomUUID } from 'node:crypto';
import type {
  CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommandInput,
  GetEventSourceMappingCommandInput,
  ListEventSourceMappingsCommandInput,
  UpdateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { mappingAnswer } from '../mapping-answer.ts';
import { settleLater } from '../mapping-life.ts';
import { mappingSettings, requireQueue, targetOf } from '../mapping-settings.ts';
import { referenceOf } from '../names.ts';
import { conflict, invalidParameter, missing, pageOf, requireValid } from '../refusals.ts';
import { functionArn, type MappingRow, mappings } from '../state.ts';
import { checkTags } from '../tags.ts';

const SQS = /^arn:aws[a-zA-Z-]*:sqs:[a-z0-9-]+:\d{12}:.+$/;
/** Sources that are streams begin somewhere in them. */
const STREAM = /^arn:[^:]+:(?:kinesis|dynamodb|kafka):/;

export function createEventSourceMapping(input: CreateEventSourceMappingCommandInput, call: Call) {
  const sourceArn = input.EventSourceArn ?? '';
  requireValid(['startingPosition', input.StartingPosition, { values: ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'] }]);
  if (sourceArn === '') throw invalidParameter('Unrecognized event source.');
  if (STREAM.test(sourceArn) && input.StartingPosition === undefined)
    throw invalidParameter(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  const { arn, version } = targetOf(input.FunctionName, call);
  // Streams, brokers and document databases do not exist here, so none can be read.
  if (!SQS.test(sourceArn)) throw invalidParameter('Unrecognized event source.');
  checkTags(input.Tags ?? {});
  const settings = mappingSettings(input, { batchSize: 10, windowS: 0 }, sourceArn);
  requireQueue(sourceArn, version, call);
  const same = mappings
    .in(call)
    .values()
    .find((row) => row.sourceArn === sourceArn && row.functionArn === arn);
  if (same)
    throw conflict(
      `An event source mapping with SQS arn (" ${sourceArn} ") and function (" ${version.function} ") already exists. Please update or delete the existing mapping with UUID ${same.uuid}`,
    );
  const uuid = randomUUID();
  const row = mappings.in(call).put(uuid, {
    uuid,
    sourceArn,
    functionArn: arn,
    state: 'Creating',
    enabled: input.Enabled ?? true,
    reportsFailures: false,
    ...settings,
    tags: { ...input.Tags },
    modified: call.world.clock.stamp(),
  });
  settleLater(uuid, call);
  return mappingAnswer(row, call);
}

function found(uuid: string | undefined, call: Call): MappingRow {
  const row = mappings.in(call).get(uuid ?? '');
  if (!row) throw missing();
  return row;
}

export const getEventSourceMapping = ({ UUID }: GetEventSourceMappingCommandInput, call: Call) =>
  mappingAnswer(found(UUID, call), call);

export function updateEventSourceMapping(input: UpdateEventSourceMappingCommandInput, call: Call) {
  const before = found(input.UUID, call);
  if (before.state !== 'Enabled' && before.state !== 'Disabled')
    throw inUse(`Cannot update the event source mapping because it is in use.`);
  const settings = mappingSettings(input, before, before.sourceArn);
  const target = targetOf(input.FunctionName ?? before.functionArn, call);
  requireQueue(before.sourceArn, target.version, call);
  const row = mappings.in(call).update(before.uuid, (draft) => {
    // An empty configuration takes the limit back.
    if (input.ScalingConfig && input.ScalingConfig.MaximumConcurrency === undefined) delete draft.maxConcurrency;
    if (input.FilterCriteria && !input.FilterCriteria.Filters?.length) delete draft.filters;
    Object.assign(draft, settings, { functionArn: target.arn, modified: call.world.clock.stamp() });
    if (input.Enabled !== undefined) draft.enabled = input.Enabled;
    draft.state = draft.enabled === before.enabled ? 'Updating' : draft.enabled ? 'Enabling' : 'Disabling';
  });
  settleLater(before.uuid, call);
  return mappingAnswer(row, call);
}

const inUse = (message: string) => new AwsFault('ResourceInUseException', message, { fields: { Type: 'User' } });

export function deleteEventSourceMapping({ UUID }: DeleteEventSourceMappingCommandInput, call: Call) {
  const { uuid, state } = found(UUID, call);
  if (state === 'Deleting') throw inUse('Cannot delete the event source mapping because it is in use.');
  const row = mappings.in(call).update(uuid, (draft) => {
    draft.state = 'Deleting';
    draft.enabled = false;
  });
  settleLater(uuid, call);
  return mappingAnswer(row, call);
}

export function listEventSourceMappings(input: ListEventSourceMappingsCommandInput, call: Call) {
  const reference = input.FunctionName === undefined ? undefined : referenceOf(input, call);
  const arn = reference && functionArn(call, reference.name, reference.qualifier);
  const rows = mappings
    .in(call)
    .values()
    .filter(
      (row) =>
        (input.EventSourceArn === undefined || row.sourceArn === input.EventSourceArn) &&
        (arn === undefined || row.functionArn === arn),
    );
  const { items, end } = pageOf(rows, input);
  return { EventSourceMappings: items.map((row) => mappingAnswer(row, call)), ...end };
}
