import { handlingOf } from '../domain/stack-status.ts';
import { canonicalJson } from './canonical-json.ts';
import type { IntendedStack, Intention } from './intention.ts';
import type { LiveStack, WantedParameter } from './plan.ts';

/** A stack that is not as a deployment set out to leave it. */
export interface RemainingStack {
  id: string;
  name: string;
  region: string;
  /** Undefined when it is not there. */
  status?: string;
  why: string;
}

/** Compares what stands with what was intended; nothing remains of a deployment that has done all it wanted. */
export function remainingWork(
  { stacks, images }: Pick<Intention, 'stacks' | 'images'>,
  live: ReadonlyMap<string, LiveStack>,
): RemainingStack[] {
  const wantedValue = (source: WantedParameter): string | undefined => {
    if ('value' in source) return source.value;
    if ('stack' in source) return live.get(source.stack)?.outputs[source.output];
    return 'image' in source ? images[source.image ?? ''] : undefined;
  };
  return stacks.flatMap((stack) => {
    const found = live.get(stack.id);
    const why = differenceOf(stack, found, wantedValue);
    if (why === undefined) return [];
    const { id, name, region } = stack;
    return [{ id, name, region, why, ...(found ? { status: found.status } : {}) }];
  });
}

function differenceOf(
  { action, template, sources }: IntendedStack,
  found: LiveStack | undefined,
  wantedValue: (source: WantedParameter) => string | undefined,
): string | undefined {
  if (action === 'delete') return found ? 'was to be deleted' : undefined;
  if (!found) return 'is not there yet';
  if (handlingOf(found.status).action !== 'update') return `is ${found.status}`;
  const rolledBack = /ROLLBACK/.test(found.status) ? `is ${found.status}: its change was taken back` : undefined;
  if (canonicalJson(found.template) !== canonicalJson(template)) return rolledBack ?? 'was not changed yet';
  for (const [name, source] of Object.entries(sources)) {
    // Made of the others, which are looked at themselves; shares of the requests are ECS's.
    if ('first' in source || 'traffic' in source || 'fingerprint' in source) continue;
    const wanted = wantedValue(source);
    if (wanted === undefined || found.parameters[name] !== wanted)
      return rolledBack ?? `was not given its new ${name} yet`;
  }
  return undefined;
}
