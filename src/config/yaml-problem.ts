import type { LineCounter, YAMLError } from 'yaml';
import type { Problem } from '../errors/problem.ts';
import { shownText } from './shown.ts';

/** Thrown where reading on would cost more than the answer is worth. */
export class YamlRefused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Line and column 0 is how the library says that it does not know. */
export function yamlProblem({ line, col }: { line: number; col: number }, message: string, remedy: string): Problem {
  return { severity: 'error', path: '', ...(line > 0 && { line, column: col }), message, remedy };
}

/** What the library found, in words that say what to do. */
export function syntaxProblem(fault: YAMLError, lines: LineCounter): Problem {
  const [message, remedy] = WORDS[fault.code] ?? [
    shownText(fault.message.split('\n')[0]!),
    'correct the YAML at this place',
  ];
  return yamlProblem(lines.linePos(fault.pos[0]), message, remedy);
}

const WORDS: { [code in YAMLError['code']]?: readonly [message: string, remedy: string] } = {
  TAB_AS_INDENT: ['a tab indents this line', 'YAML indents by spaces only: replace the tab by spaces'],
  BAD_INDENT: ['this line is indented too little or too much', 'give it the same indentation as its neighbours'],
  BLOCK_IN_FLOW: ['an indented block stands inside { } or [ ]', 'write the whole value in one of the two styles'],
  MULTILINE_IMPLICIT_KEY: ['a key goes over several lines', 'put a colon after the key, or a space after its colon'],
  BLOCK_AS_IMPLICIT_KEY: ['a second colon on this line', 'put the value in quotes, or on a line of its own'],
  MISSING_CHAR: ['a quotation mark, bracket or comma is missing here', 'close what is opened'],
  BAD_ALIAS: [
    'an alias without its anchor',
    'write &name before the value that *name repeats, or put the text in quotes',
  ],
  TAG_RESOLVE_FAILED: [
    'a YAML tag that means nothing here',
    'remove the tag, or put text that begins with ! in quotes',
  ],
  BAD_DIRECTIVE: ['a YAML directive that means nothing here', 'remove the line that begins with %'],
  UNEXPECTED_TOKEN: ['something that YAML does not expect here', 'put text with special characters in quotes'],
};
