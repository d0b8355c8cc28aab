import type { Cause } from '../cause.ts';
import type { RoleRights } from '../collect/role-rights.ts';
import { seen } from '../look.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { certain, type Patient, possible, type TaskEnd } from './patient.ts';

/** F-46: ECS cannot take on a role of the task: there is none, or it trusts somebody else. */
export function judgeUnusableRole(patient: Patient, { end, rights }: { end: TaskEnd; rights: RoleRights }): Cause {
  const name = rights.arn.slice(rights.arn.lastIndexOf('/') + 1);
  const { flags } = patient;
  if (rights.role.state === 'absent')
    return certain(
      patient,
      {
        id: 'F-46',
        what: `role ${name} of its tasks is gone`,
        remedy: `platform recover tasks ${flags}, which makes it again, then platform deploy ${flags}, which gives it to the tasks`,
        recurs: 'always',
      },
      [end.said, evidenceOf('iam:GetRole', 'Role', undefined)],
    );
  const trust = decodeURIComponent(seen(rights.role)?.AssumeRolePolicyDocument ?? '');
  const read = trust ? [evidenceOf('iam:GetRole', 'Role.AssumeRolePolicyDocument', trust)] : [];
  if (trust === '' || trust.includes('ecs-tasks.amazonaws.com'))
    return possible(
      patient,
      {
        id: 'F-46',
        what: `ECS could not take on role ${name} of its tasks yet: a role that was just made, or conditions of its trust policy`,
        remedy: `wait a minute: ECS tries again by itself; else compare the conditions of the trust policy of ${name} with the account and region`,
        recurs: 'maybe',
      },
      [end.said, ...read],
    );
  return certain(
    patient,
    {
      id: 'F-46',
      what: `ECS may not take on role ${name} of its tasks: its trust policy does not let ecs-tasks.amazonaws.com`,
      remedy: `platform recover tasks ${flags}, which changes it back, then ${patient.again}`,
      recurs: 'always',
    },
    [end.said, ...read],
  );
}
