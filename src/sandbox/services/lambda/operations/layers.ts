import type {
  Architecture,
  DeleteLayerVersionCommandInput,
  GetLayerVersionByArnCommandInput,
  GetLayerVersionCommandInput,
  ListLayersCommandInput,
  ListLayerVersionsCommandInput,
  PublishLayerVersionCommandInput,
  Runtime,
} from '@aws-sdk/client-lambda';
import type { Call, Scope } from '../../../kernel/scope.ts';
import { takeCode } from '../code.ts';
import { CODE_PATH } from '../code-route.ts';
import { invalidParameter, missing, pageOf, requireValid } from '../refusals.ts';
import { type LayerVersionRow, lambdaTime, layerVersions } from '../state.ts';

const layerArn = ({ account, region }: Scope, layer: string): string =>
  `arn:aws:lambda:${region}:${account}:layer:${layer}`;

export const layerVersionArn = (scope: Scope, { layer, version }: LayerVersionRow): string =>
  `${layerArn(scope, layer)}:${version}`;

const nameOf = (given = ''): string => (given.startsWith('arn:') ? given.split(':')[6]! : given);

const brief = (row: LayerVersionRow, call: Call) => ({
  LayerVersionArn: layerVersionArn(call, row),
  Version: row.version,
  Description: row.description,
  CreatedDate: row.created,
  ...(row.runtimes && { CompatibleRuntimes: row.runtimes as Runtime[] }),
  ...(row.architectures && { CompatibleArchitectures: row.architectures as Architecture[] }),
  ...(row.license !== undefined && { LicenseInfo: row.license }),
});

const answer = (row: LayerVersionRow, call: Call) => ({
  ...brief(row, call),
  LayerArn: layerArn(call, row.layer),
  Content: {
    Location: `${call.endpoint}${CODE_PATH}${row.code.blob}`,
    CodeSha256: row.code.sha256,
    CodeSize: row.code.size,
  },
});

const versionsOf = (layer: string, call: Call): LayerVersionRow[] =>
  layerVersions
    .in(call)
    .values()
    .filter((row) => row.layer === layer);

export async function publishLayerVersion(input: PublishLayerVersionCommandInput, call: Call) {
  const layer = nameOf(input.LayerName);
  requireValid(['layerName', layer, { required: true, length: [1, 140], pattern: '[a-zA-Z0-9-_]+' }]);
  const code = await takeCode(input.Content ?? {}, call);
  const version = versionsOf(layer, call).reduce((last, row) => Math.max(last, row.version), 0) + 1;
  const row = layerVersions.in(call).put(`${layer}:${version}`, {
    layer,
    version,
    code,
    description: input.Description ?? '',
    created: lambdaTime(call.world.clock.stamp()),
    ...(input.CompatibleArchitectures && { architectures: input.CompatibleArchitectures }),
    ...(input.CompatibleRuntimes && { runtimes: input.CompatibleRuntimes }),
    ...(input.LicenseInfo !== undefined && { license: input.LicenseInfo }),
  });
  return answer(row, call);
}

function found(layer: string, version: number, call: Call): LayerVersionRow {
  if (version < 1) throw invalidParameter('Layer Version Cannot be less than 1.');
  const row = layerVersions.in(call).get(`${layer}:${version}`);
  if (!row || row.deleted) throw missing();
  return row;
}

export const getLayerVersion = ({ LayerName, VersionNumber }: GetLayerVersionCommandInput, call: Call) =>
  answer(found(nameOf(LayerName), VersionNumber!, call), call);

export function getLayerVersionByArn({ Arn = '' }: GetLayerVersionByArnCommandInput, call: Call) {
  const [, , , , , , layer = '', version = ''] = Arn.split(':');
  return answer(found(layer, Number(version), call), call);
}

export function listLayerVersions(input: ListLayerVersionsCommandInput, call: Call) {
  const rows = versionsOf(nameOf(input.LayerName), call)
    .filter(({ deleted }) => !deleted)
    .reverse();
  const { items, end } = pageOf(rows, input);
  return { LayerVersions: items.map((row) => brief(row, call)), ...end };
}

/** Each layer with its latest version. */
export function listLayers(input: ListLayersCommandInput, call: Call) {
  const latest = new Map<string, LayerVersionRow>();
  for (const row of layerVersions.in(call).values())
    if (!row.deleted && row.version > (latest.get(row.layer)?.version ?? 0)) latest.set(row.layer, row);
  const { items, end } = pageOf([...latest.values()], input);
  const Layers = items.map((row) => ({
    LayerName: row.layer,
    LayerArn: layerArn(call, row.layer),
    LatestMatchingVersion: brief(row, call),
  }));
  return { Layers, ...end };
}

/** Functions keep a version that they have; nobody else gets it any longer. */
export function deleteLayerVersion(
  { LayerName, VersionNumber }: DeleteLayerVersionCommandInput,
  call: Call,
): Record<string, never> {
  const key = `${nameOf(LayerName)}:${VersionNumber}`;
  if (layerVersions.in(call).has(key))
    layerVersions.in(call).update(key, (draft) => {
      draft.deleted = true;
    });
  return {};
}
