import { humanName } from '../../infra/describe-resource.ts';
import { changeOf } from './changed-parts.ts';
import type { Plan, PlannedStack } from './plan.ts';
import { broadeningLines, type ToldBroadening, toldBroadenings } from './security/told-broadenings.ts';
import type { ResourceChange } from './stack-change.ts';
import { idleCost } from './template-cost.ts';

/** The contract of `diff --json`. */
export interface PlanDocument {
  stacks: {
    name: string;
    action: PlannedStack['action'];
    changes: Pick<ResourceChange, 'id' | 'type' | 'change' | 'replacement'>[];
    differs: string[];
    /** Names of what is there already and becomes part of the stack. */
    takesOver: readonly string[];
  }[];
  /** What would be let through that is not now. */
  broadens: ToldBroadening[];
  /** At the least, of what is known, in US dollars; null where the region has other prices than those that are known. */
  monthlyCost: { before: number | null; after: number | null };
}

export const planDocument = (plan: Plan): PlanDocument => ({
  stacks: plan.stacks.map(({ stackName, action, changes, differs, takesOver = [] }) => ({
    name: stackName,
    action,
    changes: changes.map(({ id, type, change, replacement }) => ({ id, type, change, replacement })),
    differs,
    takesOver,
  })),
  broadens: toldBroadenings(plan),
  monthlyCost: monthlyCostOf(plan),
});

function monthlyCostOf({ stacks }: Plan): PlanDocument['monthlyCost'] {
  const before = stacks.flatMap(({ region, live }) => (live?.template ? [{ region, template: live.template }] : []));
  return { before: idleCost(before), after: idleCost(stacks.filter(({ action }) => action !== 'delete')) };
}

/** A line where a deployment would change what is paid; nothing where nobody can tell. */
export function costLine(plan: Plan): string[] {
  const { before, after } = monthlyCostOf(plan);
  if (before === null || after === null || before === after) return [];
  const more = after > before ? `$${(after - before).toFixed(2)} more` : `$${(before - after).toFixed(2)} less`;
  return [`about $${after.toFixed(2)} a month at the least, ${more} than now: platform cost says what that is`];
}

const VERBS: Record<PlannedStack['action'], string> = {
  create: 'create',
  update: 'update',
  none: 'no change',
  recreate: 'delete what is left, create',
  delete: 'delete',
};

/** For people: a line per stack, and under it what changes. A new stack is summed up by its count. */
export function planText(plan: Plan): string {
  const width = Math.max(...plan.stacks.map(({ id }) => id.length), 0);
  const lines = plan.stacks.flatMap((stack) => {
    const changes = stack.action === 'none' ? [] : stack.changes;
    const summary =
      stack.action === 'create' || stack.action === 'recreate' ? ` (${count(changes.length, 'resource')})` : '';
    const head = `  ${stack.id.padEnd(width)}  ${VERBS[stack.action]}${summary}`;
    const lines =
      stack.action === 'update' || stack.action === 'delete'
        ? changes.map((change) => `      ${changeText(stack, change)}`)
        : [];
    const silent = stack.action === 'update' && changes.length === 0 ? [`      only ${stack.differs.join(', ')}`] : [];
    const taken = (stack.takesOver ?? []).map((name) => `      takes over ${name}, which is there already`);
    return [head, ...lines, ...silent, ...taken];
  });
  return [...lines, ...broadeningLines(plan)].join('\n');
}

const SIGNS = { add: '+', modify: '~', remove: '-' };

function changeText(stack: PlannedStack, { id, type, change, replacement, properties, old }: ResourceChange): string {
  const template = change === 'remove' ? stack.live?.template : stack.template;
  const sign = replacement === 'never' ? SIGNS[change] : '±';
  const fate =
    change === 'remove' || replacement !== 'never'
      ? `  ${replacement === 'conditional' ? 'may be replaced' : replacement === 'always' ? 'replaced' : 'removed'}, the old one is ${old === 'snapshot' ? 'deleted after a snapshot' : old}`
      : '';
  const details = properties.map(({ name, before, after }) => changeOf(name, before, after)).join('; ');
  return `${sign} ${humanName(template ?? {}, id)} (${type.replace(/^AWS::/, '')})${fate}${details ? `  ${details}` : ''}`;
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

export const changesAnything = (plan: Plan): boolean => plan.stacks.some(({ action }) => action !== 'none');
