import type { Cause } from '../cause.ts';
import type { RoleRights } from '../collect/role-rights.ts';
import { seen } from '../look.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { certain, type Patient, type TaskEnd } from './patient.ts';
import type { Refusal } from './pull-complaint.ts';

/** F-46: which role lacks which action on what, and in whose policy. */
export function judgeDenied(
  patient: Patient,
  { end, refusal, rights }: { end: TaskEnd; refusal: Refusal; rights: RoleRights | undefined },
): Cause {
  const role = rights ? rights.arn.slice(rights.arn.lastIndexOf('/') + 1) : 'of the task';
  const { action = 'what it has to do', resource } = refusal;
  const on = resource === undefined || resource === '*' ? '' : ` on ${resource}`;
  const decision = rights && seen(rights.decision);
  const gone = rights?.role.state === 'absent';
  // A role that was made a moment ago may not do yet what its policies allow: only what they refuse now, lasts.
  const lasting = gone || (decision !== undefined && decision !== 'allowed');
  const read = [
    end.said,
    ...(gone ? [evidenceOf('iam:GetRole', 'Role', undefined)] : []),
    ...(decision ? [evidenceOf('iam:SimulatePrincipalPolicy', 'EvaluationResults[0].EvalDecision', decision)] : []),
  ] as const;
  const named = gone
    ? {
        what: `execution role ${role} is gone, so its tasks may not do ${action}${on}`,
        remedy: `platform recover tasks ${patient.flags}, which makes it again, then platform deploy ${patient.flags}, which gives it to the tasks`,
      }
    : refusal.how === 'kms'
      ? {
          what: `execution role ${role} may not decrypt with the key of the secret (${action})`,
          remedy: `allow kms:Decrypt for ${rights?.arn ?? 'the role'} in the policy of the KMS key, then ${patient.again}`,
        }
      : decision === 'allowed'
        ? {
            what: `AWS refuses ${action}${on} to execution role ${role}, whose own policies allow it: ${ELSEWHERE[refusal.how]} refuses it`,
            remedy: `ask who owns ${ELSEWHERE[refusal.how]} to allow ${action}, then ${patient.again}; when the policy was mended since, that alone will do`,
          }
        : {
            what: `execution role ${role} may not do ${action}${on}${decision === 'explicitDeny' || refusal.how === 'explicit' ? ': a policy of it denies it' : ''}`,
            remedy: `platform recover tasks ${patient.flags}, which puts back what was changed by hand in it, then ${patient.again}`,
          };
  return certain(patient, { id: 'F-46', ...named, recurs: lasting ? 'always' : 'maybe' }, [...read] as [
    (typeof read)[0],
  ]);
}

const ELSEWHERE: Record<Refusal['how'], string> = {
  identity: 'a policy beside the role',
  explicit: 'a policy with an explicit deny',
  resource: "the resource's own policy",
  boundary: 'a permissions boundary',
  organization: 'a service control policy of the organization',
  kms: 'the policy of the KMS key',
  unsaid: "the resource's own policy, a boundary or the organization",
};
