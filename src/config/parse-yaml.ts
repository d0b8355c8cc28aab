import { Composer, type Document, Lexer, LineCounter, Parser } from 'yaml';
import type { Problem } from '../errors/problem.ts';
import { syntaxProblem, YamlRefused, yamlProblem } from './yaml-problem.ts';
import { YamlReader } from './yaml-reader.ts';
import { YamlSource } from './yaml-source.ts';

/** Far above any real file; what lies beyond is an attack or an accident. */
const MAX_LEXEMES = 100_000;
const MAX_NESTING = 100;

/** Reads one YAML 1.2 document. All problems are in the answer; never throws for what the text says. */
export function parseYaml(text: string): { source: YamlSource; problems: Problem[] } {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const source = new YamlSource();
  try {
    const { document, problems } = compose(text, lines);
    if (problems.length > 0) return { source, problems };
    const reader = new YamlReader(source, lines);
    source.value = reader.read(document?.contents ?? null);
    return { source, problems: reader.problems };
  } catch (error) {
    if (error instanceof YamlRefused) return { source, problems: [error.problem] };
    throw error;
  }
}

/**
 * Drives the parser by hand, because the limits must hold before a tree exists: composing is recursive, and V8 ends the
 * whole process when it has to compile a regular expression with hardly any stack left.
 */
function compose(text: string, lines: LineCounter): { document?: Document.Parsed; problems: Problem[] } {
  const parser = new Parser(lines.addNewLine);
  /* Pretty errors copy their whole line each: quadratic in a file of one line. Unique keys are quadratic too; YamlReader finds them. */
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents: Document.Parsed[] = [];
  let offset = 0;
  let lexemes = 0;

  for (const lexeme of new Lexer().lex(text)) {
    if (++lexemes > MAX_LEXEMES)
      throw new YamlRefused(
        yamlProblem(
          lines.linePos(offset),
          `more than ${MAX_LEXEMES} words and signs`,
          'a configuration is a page or two; move the rest elsewhere',
        ),
      );
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > MAX_NESTING)
      throw new YamlRefused(
        yamlProblem(
          lines.linePos(offset),
          'nested too deeply',
          `no setting is nested deeper than ${MAX_NESTING} levels`,
        ),
      );
    /* The control characters that mark documents and scalars are lexemes without a place in the text. */
    if (!'\x02\x18\x1f\ufeff'.includes(lexeme)) offset += lexeme.length;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(false, text.length));

  const faults = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (faults.length > 0) return { problems: faults.slice(0, 10).map((fault) => syntaxProblem(fault, lines)) };
  const [document, second] = documents;
  if (second)
    return {
      problems: [
        yamlProblem(
          lines.linePos(second.range[0]),
          'a second document begins here',
          'keep one document: remove the line --- and what is not configuration',
        ),
      ],
    };
  return { document, problems: [] };
}
