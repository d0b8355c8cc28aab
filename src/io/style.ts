/** Decoration only: take it away and nothing is lost. */
export interface Style {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
}

const code = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`;
const same = (text: string): string => text;

export const COLOURED: Style = {
  red: code(31, 39),
  green: code(32, 39),
  yellow: code(33, 39),
  bold: code(1, 22),
  dim: code(2, 22),
};
export const PLAIN: Style = { red: same, green: same, yellow: same, bold: same, dim: same };

/** https://no-color.org: set and not empty. `FORCE_COLOR` as Node and most tools read it. */
export function wantsColour(
  variables: Readonly<Record<string, string | undefined>>,
  { isTerminal, noColor }: { isTerminal: boolean; noColor: boolean },
): boolean {
  if (noColor || variables.NO_COLOR) return false;
  if (variables.FORCE_COLOR !== undefined) return variables.FORCE_COLOR !== '0' && variables.FORCE_COLOR !== 'false';
  return isTerminal && variables.TERM !== 'dumb';
}
