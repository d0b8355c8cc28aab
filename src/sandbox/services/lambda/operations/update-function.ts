import { randomUUID } from 'node:crypto';
import type { UpdateFunctionCodeCommandInput, UpdateFunctionConfigurationCommandInput } from '@aws-sdk/client-lambda';
import type { Call } from '../../../kernel/scope.ts';
import { takeCode } from '../code.ts';
import { configurationAnswer } from '../configuration-answer.ts';
import { requireSettings, settingsOf } from '../function-settings.ts';
import { CREATING, readyLater } from '../lifecycle.ts';
import { findFunction, referenceOf, requireRevision, requireSettled } from '../names.ts';
import { releaseUnused } from '../network.ts';
import { type Code, LATEST, lambdaTime, latestOf, type Settings, type VersionRow, versions } from '../state.ts';
import { publish } from './versions.ts';

/** Changes `$LATEST`: it serves as before until the change is through. */
export function changeLatest(
  name: string,
  change: { settings?: Partial<Settings>; code?: Code },
  call: Call,
): VersionRow {
  const row = versions.in(call).update(`${name}:${LATEST}`, (draft) => {
    Object.assign(draft.settings, change.settings);
    if (change.code) draft.code = change.code;
    draft.revisionId = randomUUID();
    draft.modified = lambdaTime(call.world.clock.stamp());
    draft.update = { status: 'InProgress', ...CREATING };
  });
  readyLater(row, call);
  if (change.settings?.VpcConfig) releaseUnused(call);
  return row;
}

export function updateFunctionConfiguration(input: UpdateFunctionConfigurationCommandInput, call: Call) {
  const reference = referenceOf(input, call);
  requireSettings(input);
  findFunction(reference, call);
  const latest = latestOf(call, reference.name);
  requireRevision(input.RevisionId, latest.revisionId);
  requireSettled(latest, reference.arn);
  const settings = settingsOf(reference.name, input, input.Role ?? latest.settings.Role!, call);
  return configurationAnswer(changeLatest(reference.name, { settings }, call), call);
}

export async function updateFunctionCode(input: UpdateFunctionCodeCommandInput, call: Call) {
  const reference = referenceOf(input, call);
  findFunction(reference, call);
  const latest = latestOf(call, reference.name);
  requireRevision(input.RevisionId, latest.revisionId);
  requireSettled(latest, reference.arn);
  const code = await takeCode(input, call);
  if (input.DryRun) return configurationAnswer({ ...latest, code }, call);
  const settings = input.Architectures ? { Architectures: input.Architectures } : {};
  const row = changeLatest(reference.name, { settings, code }, call);
  if (!input.Publish) return configurationAnswer(row, call);
  return configurationAnswer(publish({ FunctionName: reference.arn }, call, { creating: true }).row, call);
}
