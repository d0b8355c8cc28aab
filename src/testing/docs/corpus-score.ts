import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { judgeText } from '../../domain/texts/judge-text.ts';
import type { TextContext } from '../../domain/texts/text-rule.ts';

const CORPUS = join(import.meta.dirname, '..', '..', 'diagnosis', 'corpus');

export interface CorpusScore {
  messages: number;
  /** Named as one of the failures that the message allows. */
  right: number;
  /** Named as something else. */
  wrong: number;
  /** Nothing was said of it. */
  missed: number;
  lookAlikes: number;
  /** Look-alikes of which something was said. */
  falseAlarms: number;
}

interface Message {
  text: string;
  context: TextContext;
  expected: string[];
}

const messagesOf = (file: 'hold-out.yaml' | 'messages.yaml'): Message[] =>
  parse(readFileSync(join(CORPUS, file), 'utf8'));

/** Failures that real messages of the seen part are judged to be, rightly. */
export const failuresOfMessages = (): Set<string> =>
  new Set(
    messagesOf('messages.yaml').flatMap(({ text, context, expected }) => {
      const id = judgeText(text, context)[0]?.id;
      return id && expected.includes(id) ? [id] : [];
    }),
  );

/** How the texts alone are judged, by the first answer; `hold-out.yaml` was set aside before there were rules. */
export function corpusScore(file: 'hold-out.yaml' | 'messages.yaml'): CorpusScore {
  const score = { messages: 0, right: 0, wrong: 0, missed: 0, lookAlikes: 0, falseAlarms: 0 };
  for (const { text, context, expected } of messagesOf(file)) {
    const answer = judgeText(text, context)[0]?.id;
    if (expected.length === 0) {
      score.lookAlikes += 1;
      if (answer !== undefined) score.falseAlarms += 1;
      continue;
    }
    score.messages += 1;
    if (answer === undefined) score.missed += 1;
    else if (expected.includes(answer)) score.right += 1;
    else score.wrong += 1;
  }
  return score;
}

export function corpusText(): string {
  const row = (what: string, file: 'hold-out.yaml' | 'messages.yaml') => {
    const { messages, right, wrong, missed, lookAlikes, falseAlarms } = corpusScore(file);
    const percent = (part: number, of: number) => (of === 0 ? '' : `${Math.round((100 * part) / of)} %`);
    const precision = percent(right, right + wrong + falseAlarms);
    return `| ${what} | ${messages} | ${right} | ${wrong} | ${missed} | ${lookAlikes} | ${falseAlarms} | ${precision} | ${percent(right, messages)} |`;
  };
  return `## Real messages

Messages that people quoted in public, in \`src/diagnosis/corpus/\` with their addresses, judged by their text alone. The
rules were made with the first row in sight. The second was set aside before the first rule was written and is only scored.

| part | with a cause | right | wrong | missed | look-alikes | false alarms | precision | recall |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${row('seen', 'messages.yaml')}
${row('held out', 'hold-out.yaml')}`;
}
