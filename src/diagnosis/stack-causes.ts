import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { FailureId } from '../domain/failure-id.ts';
import { rootFailure } from '../domain/root-failure.ts';
import { judgeText } from '../domain/texts/judge-text.ts';
import type { Cause } from './cause.ts';
import { failure } from './failures.ts';
import { evidenceOf } from './shown-evidence.ts';
import { stackRemedy } from './stack-remedy.ts';

/** What says that something failed, and of what only a look at the service can tell. */
const SAYS_NOTHING = new Set<FailureId>(['F-04', 'F-52', 'F-13']);

/**
 * A complaint of early validation, and where in the template, as toolkit-lib prints what DescribeEvents says: indented
 * under its resource, and broken into lines that fit a terminal.
 */
const COMPLAINT = /^[ \t]+(?<what>\S[^\n]*?(?:\n[ \t]+\S[^\n]*?)*?)\s+\(at\s+(?<path>\/[^\s)]+)\)/m;
/** More is not searched: it is shown in any case. */
const SEARCHED = 4_096;

/**
 * What a change set was refused for before anything was begun (F-15): no event of the stack tells of it. Nothing where
 * early validation did not refuse it.
 */
export function changeSetCauses(message: string, { id, flags }: { id: string; flags: string }): Cause[] {
  if (!judgeText(message, 'stack-event').some((verdict) => verdict.id === 'F-15')) return [];
  const text = message.slice(0, SEARCHED).replace(/[ \t]+/g, ' ');
  const { what: complaint = '', path = '' } = COMPLAINT.exec(text)?.groups ?? {};
  const what = complaint.replace(/\s+/g, ' ').replace(/\.$/, '');
  const resource = path.split('/')[2] ?? id;
  const taken = /already exists/.test(what);
  return [
    {
      id: 'F-15',
      subject: `stacks.${id}`,
      what: `CloudFormation refuses the change before it begins${what ? `: ${what}` : ''}`,
      remedy: taken
        ? stackRemedy('F-10', { id, flags, resource, type: '' }, {})
        : `platform validate ${flags} and platform config show ${flags} tell what ${path || 'the template'} comes from: correct it there`,
      recurs: 'always',
      certainty: 'certain',
      evidence: [evidenceOf('cloudformation:DescribeEvents', path || 'OperationEvents', what || message)],
    },
  ];
}

/**
 * What the newest operation of a stack failed of, by the earliest failure in its events (F-04): newest first, as
 * DescribeStackEvents gives them. Nothing when no event failed, or when its reason is none that is known.
 */
export function stackCauses(events: readonly StackEvent[], { id, flags }: { id: string; flags: string }): Cause[] {
  const root = rootFailure(events);
  const reason = root?.ResourceStatusReason;
  if (!root || reason === undefined) return [];
  const { LogicalResourceId: resource = '', ResourceType: type = '' } = root;
  const index = events.indexOf(root);
  const evidence = evidenceOf(
    'cloudformation:DescribeStackEvents',
    `StackEvents[${index}].ResourceStatusReason`,
    reason,
  );
  return judgeText(reason, 'stack-event')
    .slice(0, 3)
    .map(({ id: cause, open, named }): Cause => {
      const common = {
        id: cause,
        subject: `stacks.${id}`,
        what: `${resource} (${type}): ${failure(cause).title}`,
        remedy: stackRemedy(cause, { id, flags, resource, type }, named),
        recurs: cause === 'F-18' || cause === 'F-96' || cause === 'F-55' ? ('passing' as const) : ('always' as const),
      };
      return open || SAYS_NOTHING.has(cause)
        ? { ...common, certainty: 'possible', evidence: [evidence] }
        : { ...common, certainty: 'certain', evidence: [evidence] };
    });
}
