import type {
  CreateOriginAccessControlCommandInput,
  DeleteOriginAccessControlCommandInput,
  GetOriginAccessControlCommandInput,
  ListOriginAccessControlsCommandInput,
  OriginAccessControlConfig,
  UpdateOriginAccessControlCommandInput,
} from '@aws-sdk/client-cloudfront';
import type { Call } from '../../../kernel/scope.ts';
import { violation } from '../../constraints.ts';
import { fault, invalidArgument, requireMatch } from '../faults.ts';
import { newId } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { distributions, originAccessControls, type PolicyRow } from '../state.ts';

type Row = PolicyRow<OriginAccessControlConfig>;

const answer = (row: Row) => ({ Id: row.id, OriginAccessControlConfig: structuredClone(row.config) });

function found(id: string | undefined, call: Call): Row {
  if (id === undefined) throw invalidArgument('The parameter Id is required.');
  const row = originAccessControls.in(call).get(id);
  if (!row) throw fault('NoSuchOriginAccessControl', 'The origin access control does not exist.');
  return row;
}

function checked(config: OriginAccessControlConfig | undefined, call: Call, id?: string): OriginAccessControlConfig {
  const complaint = violation([
    ['originAccessControlConfig', config, { required: true }],
    ['originAccessControlConfig.name', config?.Name, { required: true, length: [1, 64] }],
    ['originAccessControlConfig.signingProtocol', config?.SigningProtocol, { required: true, values: ['sigv4'] }],
    [
      'originAccessControlConfig.signingBehavior',
      config?.SigningBehavior,
      { required: true, values: ['never', 'always', 'no-override'] },
    ],
    [
      'originAccessControlConfig.originAccessControlOriginType',
      config?.OriginAccessControlOriginType,
      { required: true, values: ['s3', 'mediastore', 'mediapackagev2', 'lambda'] },
    ],
  ]);
  if (complaint) throw invalidArgument(complaint);
  const taken = originAccessControls
    .in(call)
    .values()
    .some((row) => row.config.Name === config!.Name && row.id !== id);
  if (taken)
    throw fault('OriginAccessControlAlreadyExists', 'An origin access control with the same name already exists.');
  return { ...config!, Description: config!.Description ?? '' };
}

export function createOriginAccessControl(input: CreateOriginAccessControlCommandInput, call: Call) {
  const config = checked(input.OriginAccessControlConfig, call);
  const id = newId();
  const row = originAccessControls.in(call).put(id, { id, etag: newId(), config, modified: call.world.clock.stamp() });
  return {
    OriginAccessControl: answer(row),
    ETag: row.etag,
    Location: `https://cloudfront.amazonaws.com/2020-05-31/origin-access-control/${id}`,
  };
}

export function getOriginAccessControl({ Id }: GetOriginAccessControlCommandInput, call: Call) {
  const row = found(Id, call);
  return { OriginAccessControl: answer(row), ETag: row.etag };
}

export function updateOriginAccessControl(input: UpdateOriginAccessControlCommandInput, call: Call) {
  const { id, etag } = found(input.Id, call);
  requireMatch(input.IfMatch, etag);
  const config = checked(input.OriginAccessControlConfig, call, id);
  const row = originAccessControls.in(call).update(id, (draft) => {
    draft.config = config;
    draft.etag = newId();
  });
  return { OriginAccessControl: answer(row), ETag: row.etag };
}

export function deleteOriginAccessControl({ Id, IfMatch }: DeleteOriginAccessControlCommandInput, call: Call) {
  const { id, etag } = found(Id, call);
  requireMatch(IfMatch, etag);
  const inUse = distributions
    .in(call)
    .values()
    .some(({ config }) => (config.Origins?.Items ?? []).some((origin) => origin.OriginAccessControlId === id));
  if (inUse)
    throw fault(
      'OriginAccessControlInUse',
      "Cannot delete the origin access control because it's in use by one or more distributions.",
    );
  originAccessControls.in(call).delete(id);
  return {};
}

export function listOriginAccessControls(input: ListOriginAccessControlsCommandInput, call: Call) {
  const list = listPage(originAccessControls.in(call).values(), input);
  return {
    OriginAccessControlList: {
      ...list,
      Marker: input.Marker ?? '',
      IsTruncated: list.NextMarker !== undefined,
      ...(list.Items && { Items: list.Items.map(({ id, config }) => ({ Id: id, ...structuredClone(config) })) }),
    },
  };
}
