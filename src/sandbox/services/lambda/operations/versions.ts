import { createHash, randomUUID } from 'node:crypto';
import type { ListVersionsByFunctionCommandInput, PublishVersionCommandInput } from '@aws-sdk/client-lambda';
import type { Call } from '../../../kernel/scope.ts';
import { configurationAnswer } from '../configuration-answer.ts';
import { readyLater } from '../lifecycle.ts';
import { findFunction, referenceOf, requireRevision, requireSettled } from '../names.ts';
import { invalidParameter, pageOf } from '../refusals.ts';
import { functions, LATEST, latestOf, type VersionRow, versions } from '../state.ts';

/** Publishes what `$LATEST` is; when nothing has changed since the last time, that version is the answer. */
export function publishVersion(input: PublishVersionCommandInput, call: Call, { creating = false } = {}) {
  const { row } = publish(input, call, { creating });
  return configurationAnswer(row, call);
}

export function publish(
  input: PublishVersionCommandInput,
  call: Call,
  { creating = false } = {},
): { row: VersionRow; isNew: boolean } {
  const reference = referenceOf(input, call);
  const { name } = reference;
  const known = findFunction(reference, call);
  const latest = latestOf(call, name);
  if (!creating) requireSettled(latest, reference.arn);
  requireRevision(input.RevisionId, latest.revisionId);
  if (input.CodeSha256 && input.CodeSha256 !== latest.code.sha256)
    throw invalidParameter(
      `CodeSHA256 (${input.CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );

  const digest = digestOf(latest);
  const last = versions.in(call).get(`${name}:${known.published}`);
  if (last && known.publishedDigest === digest) return { row: last, isNew: false };
  const version = String(known.published + 1);
  const row = versions.in(call).put(`${name}:${version}`, {
    ...latest,
    version,
    revisionId: randomUUID(),
    settings: { ...latest.settings, ...(input.Description !== undefined && { Description: input.Description }) },
    ...(!creating && { state: 'Active' as const, update: { status: 'Successful' as const } }),
  });
  if (creating) readyLater(row, call);
  functions.in(call).update(name, (draft) => {
    draft.published = Number(version);
    draft.publishedDigest = digest;
  });
  versions.in(call).update(`${name}:${LATEST}`, (draft) => {
    draft.revisionId = randomUUID();
  });
  return { row, isNew: true };
}

const digestOf = ({ settings, code }: VersionRow): string =>
  createHash('sha256')
    .update(JSON.stringify([settings, code]))
    .digest('base64url');

export function listVersionsByFunction(input: ListVersionsByFunctionCommandInput, call: Call) {
  const reference = referenceOf(input, call);
  findFunction(reference, call);
  const rows = versions
    .in(call)
    .values()
    .filter((row) => row.function === reference.name)
    .sort((a, b) => (a.version === LATEST ? -1 : b.version === LATEST ? 1 : Number(a.version) - Number(b.version)));
  const { items, end } = pageOf(rows, input);
  return {
    Versions: items.map((row) => configurationAnswer(row, call, { listed: true, qualifier: row.version })),
    ...end,
  };
}
