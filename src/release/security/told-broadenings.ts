import { humanName } from '../../../infra/describe-resource.ts';
import { cleanText } from '../../domain/clean-text.ts';
import type { Plan } from '../plan.ts';
import type { Template } from '../resolve-template.ts';
import type { Broadening } from './broadenings.ts';

/** Part of the contract of `diff --json`, `deploy --json` and `rollback --json`. */
export interface ToldBroadening {
  stack: string;
  /** What has the right, for people. */
  name: string;
  kind: Broadening['kind'];
  /** Null where it is the holder itself. */
  principal: string | null;
  actions: string[];
  resource: string | null;
  conditions: string[];
  lost: string[];
  text: string;
}

/** Everything in a plan that lets more through than what runs, in the order of its stacks. */
export const toldBroadenings = ({ stacks }: Plan): ToldBroadening[] =>
  stacks.flatMap(({ id: stack, template: after, live, broadens }) =>
    broadens.map((one) => toldBroadening({ stack, after, before: live?.template ?? {} }, one)),
  );

export function toldBroadening(
  { stack, after, before }: { stack: string; after: Template; before: Template },
  broadening: Broadening,
): ToldBroadening {
  const { id, holder, kind, principal, actions, resource, conditions, lost } = broadening;
  const of = id !== undefined && after.Resources?.[id] === undefined ? before : after;
  const name = id !== undefined && of.Resources?.[id] ? humanName(of, id) : holder;
  // What others have written into a template may hold escapes of a terminal.
  const text = cleanText(`${name}: ${sentence(broadening)}`);
  return { stack, name, kind, principal, actions, resource, conditions, lost, text };
}

function sentence({ kind, principal, actions, resource, conditions, lost }: Broadening): string {
  const what = actions.join(', ');
  const who = principal === '*' ? 'everybody' : (principal ?? 'it');
  const where = resource === null ? '' : ` on ${resource === '*' ? 'everything' : resource}`;
  const under = [
    ...(conditions.length > 0 ? [`when ${conditions.join(' and ')}`] : []),
    ...(lost.length > 0 ? [`no longer only when ${lost.join(' and ')}`] : []),
  ];
  const rest = under.length > 0 ? ` (${under.join('; ')})` : '';
  switch (kind) {
    case 'rights':
      return `may do ${what}${where}${rest}`;
    case 'trust':
      return `${who} may take it on with ${what}${rest}`;
    case 'policy':
      return `${who} may do ${what}${where}${rest}`;
    case 'deny-removed':
      return `no longer refuses ${what}${where}${principal === null ? '' : ` to ${who}`}${rest}`;
    case 'ingress':
      return `lets ${what} in from ${who}`;
    case 'egress':
      return `lets ${what} out to ${who}`;
    default:
      return what;
  }
}

/** Lines under a plan; none where nothing broadens. */
export function broadeningLines(plan: Plan): string[] {
  const all = toldBroadenings(plan);
  return all.length === 0
    ? []
    : ['broadens what is let through:', ...all.map(({ stack, text }) => `  ! ${stack}: ${text}`)];
}
