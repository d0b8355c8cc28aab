import type { FailureId } from '../failure-id.ts';
import { BALANCER_TEXTS } from './balancers.ts';
import { BOOTSTRAP_TEXTS } from './bootstrap.ts';
import { CREDENTIAL_TEXTS } from './credentials.ts';
import { DATABASE_TEXTS } from './databases.ts';
import { EDGE_TEXTS } from './edge.ts';
import { EVENT_TEXTS } from './events.ts';
import { IMAGE_TEXTS } from './images.ts';
import { LEFTOVER_TEXTS } from './leftovers.ts';
import { PERMISSION_TEXTS } from './permissions.ts';
import { PROGRAM_TEXTS } from './programs.ts';
import { SECRET_TEXTS } from './secrets.ts';
import { SERVICE_TEXTS } from './services.ts';
import { STACK_TEXTS } from './stacks.ts';
import { ALSO_IN, type Manner, type TextContext, type TextRule } from './text-rule.ts';

/** What a text may mean, the likeliest first. */
export interface TextVerdict {
  readonly id: FailureId;
  /** The words alone leave other failures open: they are in the list too. */
  readonly open: boolean;
  /** What the text names: a key, a role, an action. */
  readonly named: Readonly<Record<string, string>>;
  readonly as?: Manner;
}

/** The narrow before the wide: a sentence about a permission is also in many that say more. */
const RULES: readonly TextRule[] = [
  ...SECRET_TEXTS,
  ...IMAGE_TEXTS,
  ...BOOTSTRAP_TEXTS,
  ...CREDENTIAL_TEXTS,
  ...SERVICE_TEXTS,
  ...BALANCER_TEXTS,
  ...DATABASE_TEXTS,
  ...EVENT_TEXTS,
  ...EDGE_TEXTS,
  ...LEFTOVER_TEXTS,
  ...PERMISSION_TEXTS,
  ...STACK_TEXTS,
  ...PROGRAM_TEXTS,
];

/** Longer texts are judged by their beginning and their end: what matters stands in the first or the last lines. */
const JUDGED = 8_192;

/** What a text of AWS or of a program says of the failures that are known. Empty: nothing, so the cause stays unknown. */
export function judgeText(text: string, context: TextContext): TextVerdict[] {
  const judged = text.length > 2 * JUDGED ? `${text.slice(0, JUDGED)}\n${text.slice(-JUDGED)}` : text;
  const verdicts: TextVerdict[] = [];
  const add = (verdict: TextVerdict) => {
    if (!verdicts.some(({ id }) => id === verdict.id)) verdicts.push(verdict);
  };
  const wider = ALSO_IN[context];
  for (const rule of RULES) {
    if (rule.in && !rule.in.includes(context) && !(wider && rule.in.includes(wider))) continue;
    const found = rule.when.exec(judged);
    if (!found || rule.unless?.test(judged)) continue;
    const named = Object.fromEntries(
      Object.entries(found.groups ?? {}).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
    const open = rule.or !== undefined;
    add({ id: rule.id, open, named, ...(rule.as ? { as: rule.as } : {}) });
    for (const id of rule.or ?? []) add({ id, open, named });
  }
  return verdicts;
}
