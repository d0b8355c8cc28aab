import { AwsFault } from '../../kernel/fault.ts';
import { keyOf, type RoleRow, roles } from '../../services/iam/state.ts';
import { matchesWildcard } from '../../services/iam/wildcard.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';
import { keep } from '../taken.ts';

interface Statement {
  Effect: string;
  Action?: string | string[];
}

/** Statements lose the actions, those that have nothing left go; managed policies are detached as a whole. */
export async function takeRight({ role, actions }: StepInput<'take-right'>, bench: Bench): Promise<string> {
  const { inline, attached } = roleOf(bench, role);
  for (const [PolicyName, document] of Object.entries(inline)) {
    const policy = JSON.parse(document) as { Statement: Statement | Statement[] };
    const statements = [policy.Statement].flat();
    const left = statements.flatMap((statement) => without(statement, actions));
    if (JSON.stringify(left) === JSON.stringify(statements)) continue;
    const named = { RoleName: role, PolicyName };
    if (left.length === 0) await bench.ask('iam:DeleteRolePolicy', named);
    else
      await bench.ask('iam:PutRolePolicy', {
        ...named,
        PolicyDocument: JSON.stringify({ ...policy, Statement: left }),
      });
    keep(bench, 'take-right', role, [
      { operation: 'iam:PutRolePolicy', input: { ...named, PolicyDocument: document } },
    ]);
  }
  for (const PolicyArn of attached) {
    const input = { RoleName: role, PolicyArn };
    await bench.ask('iam:DetachRolePolicy', input);
    keep(bench, 'take-right', role, [{ operation: 'iam:AttachRolePolicy', input }]);
  }
  return `role ${role} is no longer allowed ${actions.join(', ')}`;
}

/** What a statement still says without the actions; nothing when it said nothing else. */
function without(statement: Statement, actions: readonly string[]): Statement[] {
  if (statement.Effect !== 'Allow' || statement.Action === undefined) return [statement];
  const written = [statement.Action].flat();
  const left = written.filter((one) => !actions.some((action) => matchesWildcard(one, action, { ignoreCase: true })));
  if (left.length === written.length) return [statement];
  return left.length === 0 ? [] : [{ ...statement, Action: left }];
}

export async function deleteRole({ role }: StepInput<'delete-role'>, bench: Bench): Promise<string> {
  const { inline, attached, trust, path, description, tags } = roleOf(bench, role);
  const RoleName = role;
  for (const PolicyName of Object.keys(inline)) await bench.ask('iam:DeleteRolePolicy', { RoleName, PolicyName });
  for (const PolicyArn of attached) await bench.ask('iam:DetachRolePolicy', { RoleName, PolicyArn });
  await bench.ask('iam:DeleteRole', { RoleName });
  keep(bench, 'delete-role', role, [
    {
      operation: 'iam:CreateRole',
      input: {
        RoleName,
        AssumeRolePolicyDocument: trust,
        Path: path,
        Tags: tags,
        ...(description === undefined ? {} : { Description: description }),
      },
    },
    ...attached.map((PolicyArn) => ({ operation: 'iam:AttachRolePolicy', input: { RoleName, PolicyArn } })),
    ...Object.entries(inline).map(([PolicyName, PolicyDocument]) => ({
      operation: 'iam:PutRolePolicy',
      input: { RoleName, PolicyName, PolicyDocument },
    })),
  ]);
  return `role ${role} is deleted`;
}

function roleOf(bench: Bench, name: string): RoleRow {
  const row = roles.in(bench).get(keyOf(name));
  if (!row) throw new AwsFault('StepInvalid', `There is no role ${name}`);
  return row;
}
