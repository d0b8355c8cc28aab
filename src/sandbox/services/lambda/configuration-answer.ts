import { createHash } from 'node:crypto';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Scope } from '../../kernel/scope.ts';
import { functionArn, LATEST, layerVersions, type VersionRow } from './state.ts';

/** What answers show of a function. Lists leave out where it stands. `qualifier`: as which it was asked for. */
export function configurationAnswer(
  row: VersionRow,
  scope: Scope,
  { qualifier, listed = false }: { qualifier?: string | undefined; listed?: boolean } = {},
): FunctionConfiguration {
  const { Environment, Layers, ...settings } = row.settings;
  const shown = qualifier ?? (row.version === LATEST ? undefined : row.version);
  return {
    ...structuredClone(settings),
    FunctionName: row.function,
    FunctionArn: functionArn(scope, row.function, shown),
    CodeSha256: row.code.sha256,
    CodeSize: row.code.size,
    ...(Environment !== undefined && { Environment: { Variables: { ...Environment } } }),
    ...(Layers !== undefined && Layers.length > 0 && { Layers: Layers.map((arn) => layerAnswer(arn, scope)) }),
    LastModified: row.modified,
    RevisionId: row.revisionId,
    Version: row.version,
    ...(!listed && standing(row)),
    ...(!listed &&
      settings.Runtime !== undefined && { RuntimeVersionConfig: { RuntimeVersionArn: runtimeArn(row, scope) } }),
  };
}

function standing({ state, stateReason, stateReasonCode, update }: VersionRow): FunctionConfiguration {
  return {
    State: state,
    ...(stateReason !== undefined && { StateReason: stateReason }),
    ...(stateReasonCode !== undefined && {
      StateReasonCode: stateReasonCode as FunctionConfiguration['StateReasonCode'],
    }),
    ...(update !== undefined && {
      LastUpdateStatus: update.status,
      ...(update.reason !== undefined && { LastUpdateStatusReason: update.reason }),
      ...(update.code !== undefined && {
        LastUpdateStatusReasonCode: update.code as FunctionConfiguration['LastUpdateStatusReasonCode'],
      }),
    }),
  };
}

function layerAnswer(Arn: string, scope: Scope) {
  const [, , , , , , layer, version] = Arn.split(':');
  return { Arn, CodeSize: layerVersions.in(scope).get(`${layer}:${version}`)?.code.size ?? 0 };
}

const runtimeArn = ({ settings }: VersionRow, { region }: Scope): string =>
  `arn:aws:lambda:${region}::runtime:${createHash('sha256').update(settings.Runtime!).digest('hex')}`;
