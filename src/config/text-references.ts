import { isPlain, type Plain } from './merge.ts';
import {
  escapeReferences,
  formatReferences,
  type LoadName,
  parseReferences,
  type TextPart,
  type TextReference,
} from './references.ts';
import { pathMatches, type ValuePath } from './value-path.ts';

/** What a place does with a reference that the load does not answer. */
export type Place = 'deploy' | 'deploy-and-build' | 'command' | 'text';

export interface FoundReference {
  path: ValuePath;
  place: Place;
  reference: TextReference;
  source: string;
}

const PLACES: readonly [pattern: string, place: Place][] = [
  ['sites.*.buildEnv.*', 'deploy-and-build'],
  ['services.*.env.*', 'deploy'],
  ['services.*.sidecars.*.env.*', 'deploy'],
  ['functions.*.env.*', 'deploy'],
  ['sites.*.env.*', 'deploy'],
  ['secrets.*.keys.*.default', 'deploy'],
  ['services.*.command.*', 'command'],
  ['services.*.health.command', 'command'],
  ['services.*.sidecars.*.command.*', 'command'],
  ['services.*.sidecars.*.health', 'command'],
  ['services.*.scheduledTasks.*.command.*', 'command'],
  ['sites.*.build', 'command'],
  ['migrations.up.*', 'command'],
  ['migrations.down.*', 'command'],
  ['migrations.verify.*', 'command'],
  ['migrations.before.*.*', 'command'],
];

const placeOf = (path: ValuePath): Place => PLACES.find(([pattern]) => pathMatches(path, pattern))?.[1] ?? 'text';

/** A dollar and brace in a regular expression mean what they mean there. */
const isLiteral = (path: ValuePath) => pathMatches(path, 'secrets.*.keys.*.pattern');

/**
 * Puts in what the load knows, and lists everything it met. Where a deployment or a build will go on, the text keeps its
 * references and can be read by `parseReferences` again; everywhere else it becomes plain.
 */
export function substitute(
  blocks: Plain,
  known: Partial<Record<LoadName, string>>,
): { blocks: Plain; found: FoundReference[] } {
  const found: FoundReference[] = [];
  const visit = (value: unknown, path: ValuePath): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => visit(item, [...path, index]));
    if (isPlain(value))
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, [...path, key])]));
    if (typeof value !== 'string' || !value.includes('${') || isLiteral(path)) return value;
    const place = placeOf(path);
    const parts = parseReferences(value);
    for (const part of parts) if ('reference' in part) found.push({ path, place, ...part });
    return written(parts, known, place);
  };
  return { blocks: visit(blocks, []) as Plain, found };
}

function written(parts: readonly TextPart[], known: Partial<Record<LoadName, string>>, place: Place): string {
  const open = place === 'deploy' || place === 'deploy-and-build';
  return parts
    .map((part) => {
      const text =
        'text' in part ? part.text : part.reference.resolved === 'load' ? known[part.reference.name] : undefined;
      if (text === undefined) return formatReferences([part]);
      return open ? escapeReferences(text) : text;
    })
    .join('');
}
