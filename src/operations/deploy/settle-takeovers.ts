import { needsOf } from '../../release/import-definition.ts';
import type { Plan, PlannedStack } from '../../release/plan.ts';
import { resolveTemplate, type Template } from '../../release/resolve-template.ts';
import { resourceChanges } from '../../release/stack-change.ts';
import type { Leftover } from './find-leftovers.ts';

/**
 * Which of what was found an import can bring in: what speaks only of what stands in the stack or comes in with it, and
 * what the configuration would not replace right afterwards. A thing that the ledger and its name both lead to is one.
 */
export async function settleTakeovers(
  { stacks }: Plan,
  named: readonly Leftover[],
  own: readonly Leftover[],
): Promise<Leftover[]> {
  const isSame = (one: Leftover) => (other: Leftover) => one.stack === other.stack && one.logicalId === other.logicalId;
  const all = [...own, ...named.filter((one) => !own.some(isSame(one)))];
  const settled = await Promise.all(
    stacks.map((stack) =>
      settle(
        stack,
        all.filter((one) => one.stack === stack.id),
      ),
    ),
  );
  return settled.flat().flatMap((one) => {
    if (one.why === undefined) return [one];
    // What has no name of its own is in nobody's way.
    return HOLDS_DATA.has(one.type) || named.some(isSame(one)) ? [one] : [];
  });
}

/** A new one beside it would be an empty one in its place. */
const HOLDS_DATA = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);

async function settle(stack: PlannedStack, found: readonly Leftover[]): Promise<Leftover[]> {
  const wanted: Record<string, Template> = resolveTemplate(stack.template, stack.parameters).Resources ?? {};
  const replaced = await replacedProperties(found, wanted);
  const stands = stack.handling.action === 'update' ? Object.keys(stack.live?.template?.Resources ?? {}) : [];
  const why = new Map<string, string>();
  for (const { logicalId } of found) {
    const names = replaced.get(logicalId);
    if (names) why.set(logicalId, `its ${names.join(', ')} would be another, which replaces it`);
  }
  for (let before = -1; before !== why.size; ) {
    before = why.size;
    for (const { logicalId, definition } of found) {
      const known = new Set([...stands, ...found.map((one) => one.logicalId).filter((id) => !why.has(id))]);
      const missing = definition && needsOf(definition).filter((id) => !known.has(id));
      if (missing?.length && !why.has(logicalId))
        why.set(logicalId, `what it stands on is not there any more: ${missing.join(', ')}`);
    }
  }
  return found.map((one) => {
    const reason = why.get(one.logicalId);
    if (reason === undefined || !one.importAs) return one;
    const { importAs: _, ...rest } = one;
    return { ...rest, adoptable: false, why: reason };
  });
}

async function replacedProperties(found: readonly Leftover[], wanted: Readonly<Record<string, Template>>) {
  const incoming = found.filter(({ definition }) => definition !== undefined);
  const before = Object.fromEntries(incoming.map(({ logicalId, definition }) => [logicalId, definition]));
  const after = Object.fromEntries(incoming.map(({ logicalId }) => [logicalId, wanted[logicalId]]));
  const changes = await resourceChanges({ Resources: before }, { Resources: after });
  return new Map(
    changes
      .filter(({ replacement }) => replacement !== 'never')
      .map(({ id, properties }) => [id, properties.map(({ name }) => name)]),
  );
}
