import { columns } from '../../domain/columns.ts';
import { counted } from '../../domain/counted.ts';
import type { AccessOutcome } from './apply-access.ts';
import type { AccessLook, GroupStanding } from './look-at-access.ts';
import type { AccessRemoval } from './remove-access.ts';

/** Who is let in is said one by one; rights by their number and the word that stands for them, `--json` has them all. */
export function broadeningText({ broadens, groups }: AccessLook): string[] {
  const rights = Map.groupBy(
    broadens.filter(({ kind }) => kind === 'rights'),
    ({ name }) => name,
  );
  return [
    ...broadens.filter(({ kind }) => kind !== 'rights').map(({ text }) => `  ${text}`),
    ...[...rights].map(([name, of]) => {
      const actions = new Set(of.flatMap((one) => one.actions)).size;
      const may = groups.find((group) => name.endsWith(` ${group.name}`))?.may;
      return `  ${name}: may do ${counted(actions, 'action')} more${may ? `, those of may: ${may}` : ''}`;
    }),
  ];
}

const STATES: Readonly<Record<GroupStanding['state'], string>> = {
  'as-configured': 'as configured',
  differs: 'differs from platform.yaml',
  missing: 'not made yet',
  extra: 'no longer in platform.yaml',
};

const groupLines = (groups: readonly GroupStanding[]): string =>
  columns(
    groups.map(({ name, may, state, role, alsoLetsIn }) => [
      `  ${name}`,
      may ?? '',
      STATES[state],
      alsoLetsIn.length > 0 ? `${role}, and lets in ${alsoLetsIn.join(', ')} too` : role,
    ]),
  );

export interface AccessShown {
  environment: string;
  account: string;
  stack: string;
  groups: GroupStanding[];
}

export const accessText = ({ environment, account, groups }: AccessShown): string =>
  groups.length === 0
    ? `platform.yaml gives nobody access to ${environment}`
    : `${environment} (account ${account}):\n${groupLines(groups)}`;

export function appliedText({ stack, action, dryRun, groups, confirmations }: AccessOutcome): string {
  const done = { create: 'made', update: 'changed', none: 'as it is to be' }[action];
  const needs =
    dryRun && confirmations.length > 0 ? `\nIt needs ${confirmations.map((one) => `--confirm ${one}`).join(' ')}` : '';
  const sets = groups.some(({ principals }) => principals.some((one) => one.startsWith('sso:')))
    ? '\nA permission set needs sts:AssumeRole on the role that it may take on'
    : '';
  return `${stack} ${dryRun && action !== 'none' ? 'would be' : 'is'} ${done}\n${groupLines(groups)}${sets}${needs}`;
}

export const removedText = ({ environment, stack, action, dryRun }: AccessRemoval): string =>
  action === 'none'
    ? `No role of people belongs to ${environment}: nothing was to be done`
    : `${stack} ${dryRun ? 'would be' : 'is'} deleted: nobody takes a role on in ${environment} any more`;
