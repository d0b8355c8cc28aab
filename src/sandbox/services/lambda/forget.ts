import type { Scope } from '../../kernel/scope.ts';
import { hasReplicas } from '../cloudfront/replicas.ts';
import { releaseUnused } from './network.ts';
import { conflict, invalidParameter } from './refusals.ts';
import {
  aliases,
  belongsTo,
  eventInvokes,
  functionArn,
  functions,
  policies,
  urls,
  type VersionRow,
  versions,
} from './state.ts';

/** With a function goes all that belongs to it; event source mappings stay (recording …_lifecycle_delete_function). */
export function forgetFunction(name: string, scope: Scope): void {
  for (const row of versions.in(scope).values()) if (row.function === name) requireUncopied(row, scope);
  for (const table of [versions, aliases, policies, eventInvokes, urls]) {
    const rows = table.in(scope);
    for (const [key] of (rows.entries() as [string, unknown][]).filter(belongsTo(name))) rows.delete(key);
  }
  functions.in(scope).delete(name);
  releaseUnused(scope);
}

/** One version, unless an alias stands on it. */
export function forgetVersion(name: string, version: string, scope: Scope): void {
  const held = aliases
    .in(scope)
    .values()
    .filter((alias) => alias.function === name && (alias.version === version || version in alias.weights));
  if (held.length > 0)
    throw conflict(
      `Function version ${functionArn(scope, name, version)} is referenced by an alias: ${held.map((alias) => alias.name).join(', ')}. Please update or delete the alias before deleting the version.`,
    );
  const row = versions.in(scope).get(`${name}:${version}`);
  if (row) requireUncopied(row, scope);
  versions.in(scope).delete(`${name}:${version}`);
  policies.in(scope).delete(`${name}:${version}`);
  eventInvokes.in(scope).delete(`${name}:${version}`);
  releaseUnused(scope);
}

/** CloudFront takes its copies away itself, and nobody else can (F-114). */
function requireUncopied({ function: name, version }: VersionRow, scope: Scope): void {
  const arn = functionArn(scope, name, version);
  if (hasReplicas(arn, scope))
    throw invalidParameter(
      `Lambda was unable to delete ${arn} because it is a replicated function. Please see our documentation for Deleting Lambda@Edge Functions and Replicas.`,
    );
}
