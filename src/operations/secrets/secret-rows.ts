import { columns } from '../../domain/columns.ts';
import type { Contract } from '../../domain/secrets/secret-contract.ts';
import type { LookedSecret, SecretState } from './look-at-secrets.ts';

/** The contract of `secrets … --json`: names of keys, never values. */
export interface SecretRow extends Omit<Contract, 'blank'> {
  /** As platform.yaml has it. */
  name: string;
  /** In Secrets Manager. */
  secretName: string;
  source: string;
  state: SecretState;
}

export const secretRow = ({ known, live, contract }: LookedSecret): SecretRow => {
  const { blank: _, ...keys } = contract;
  return { name: known.name, secretName: known.secretName, source: known.source, state: live.state, ...keys };
};

const SIGNS = [
  ['added', '+'],
  ['changed', '~'],
  ['removed', '-'],
  ['kept', ' '],
  ['unchanged', ' '],
] as const;

/** One line per key: what becomes of it, and what is to be known about it. */
export const secretTable = (secrets: readonly LookedSecret[]): string =>
  secrets.map((secret) => `${heading(secret)}\n${keyTable(secret)}`).join('\n');

function heading({ known, live }: LookedSecret): string {
  const state = live.state === 'live' ? '' : `: ${STATES[live.state]}`;
  return `${known.name} (${known.secretName})${state}`;
}

function keyTable({ contract, known }: LookedSecret): string {
  const said = new Map<string, readonly [sign: string, words: string]>();
  for (const [field, sign] of SIGNS) for (const key of contract[field]) said.set(key, [sign, field]);
  for (const key of contract.missing) said.set(key, ['!', missing(known.keys[key]?.hint)]);
  const rows = [...said].sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return '  no keys';
  return columns(
    rows.map(([key, [sign, words]]) => {
      const asides = [
        ...(contract.later.includes(key) ? ['empty until the application is up'] : []),
        ...(contract.unused.includes(key) ? ['nothing refers to it'] : []),
      ];
      return [`  ${sign}`, key, [words, ...asides].join('; ')];
    }),
  );
}

const missing = (hint: string | undefined): string => (hint ? `has no value: ${hint}` : 'has no value');

const STATES: Readonly<Record<SecretState, string>> = {
  live: 'live',
  absent: 'not there yet',
  'without-value': 'there, without a value',
  'scheduled-for-deletion': 'scheduled for deletion; its keys cannot be read until it is restored',
  'not-json': 'its value is no JSON object',
};
