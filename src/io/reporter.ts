export type RowState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

export interface Row {
  /** A human name: "web service", not a logical id. */
  title: string;
  state: RowState;
  /** What is happening or why it failed; one line. */
  detail?: string;
  /** How far it is, `3/28`: drawn live, and of no use as a line of its own. */
  progress?: string;
  /** The row it stands under. */
  parent?: string;
}

/** Rows that change while work goes on: drawn live in a terminal, as plain lines of what changed elsewhere. */
export interface Tree {
  row(id: string, row: Row): void;
}

/**
 * The only way anything in src/ speaks to the user.
 * `result` is the answer and goes to stdout; everything else is commentary and goes to stderr.
 */
export interface Reporter {
  step<T>(title: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T>;
  tree<T>(title: string, work: (tree: Tree) => Promise<T>): Promise<T>;
  note(text: string): void;
  warn(text: string): void;
  /** A line of an answer that is still coming, as of a log: on stdout, and with `--json` on stderr. */
  line(text: string): void;
  /** Only with `--debug`; never a secret. */
  debug(text: string): void;
  /** Once per command: the text for people, the data for `--json`. The data is a contract. */
  result(text: string, data: unknown): void;
}
