import { columns } from '../domain/columns.ts';
import { CHECKS } from './registry.ts';

/** The contract of `doctor --list --json`. */
export interface ListedCheck {
  id: string;
  title: string;
  group: string;
  needs: readonly string[];
  /** The flag without which it is not looked at. */
  flag: string | null;
}

export const listedChecks = (): ListedCheck[] =>
  CHECKS.map(({ id, title, group, needs = [], on }) => ({ id, title, group, needs, flag: on ? `--${on}` : null }));

export const listText = (): string =>
  columns(listedChecks().map(({ id, title, flag }) => [id, flag ? `${title} (${flag})` : title]));
