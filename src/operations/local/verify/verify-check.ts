import type { Session } from '../../../context.ts';
import { cleanText } from '../../../domain/clean-text.ts';
import { PlatformError } from '../../../errors/platform-error.ts';
import type { OutputsOf } from '../../../release/task-network.ts';
import type { LocalPlan } from '../local-plan.ts';

/** Part of the contract of `local verify --json`. */
export interface VerifyCheck {
  /** As platform.yaml calls it; `emulator`, `stacks.<id>`. */
  component: string;
  /** Stable, within its component. */
  id: string;
  /** The healthy fact. */
  title: string;
  status: 'passed' | 'failed' | 'skipped';
  /** What was seen, or why nobody looked. */
  detail: string;
}

export interface VerifyScene {
  session: Session;
  plan: LocalPlan;
  /** The outputs of the environment’s stacks. */
  outputs: Readonly<Record<string, string>>;
  /** The same by stack. */
  outputsOf: OutputsOf;
  /** Where APIs and sites are reached from here, by component. */
  urls: ReadonlyMap<string, string>;
  /** Bodies that may be sent to queues which somebody reads, by queue. */
  messages: ReadonlyMap<string, string>;
}

type Subject = Pick<VerifyCheck, 'component' | 'id' | 'title'>;

/** What a check finds out: what it saw, with `wrong` where that is not what has to be. */
export type Finding = string | { wrong: string } | { skipped: string };

/** A check that throws has failed by its own words; the others go on. Ctrl-C ends all. */
export async function check(
  { signal }: Pick<Session, 'signal'>,
  subject: Subject,
  look: () => Promise<Finding>,
): Promise<VerifyCheck> {
  try {
    const found = await look();
    if (typeof found === 'string') return { ...subject, status: 'passed', detail: cleanText(found) };
    return 'wrong' in found
      ? { ...subject, status: 'failed', detail: cleanText(found.wrong) }
      : { ...subject, status: 'skipped', detail: found.skipped };
  } catch (error) {
    signal.throwIfAborted();
    return { ...subject, status: 'failed', detail: wordsOf(error) };
  }
}

/** What several checks need, where its failure is an answer of each of them. */
export async function attempt<T>(work: () => Promise<T>): Promise<{ value: T } | { why: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { why: wordsOf(error) };
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  return cleanText(error instanceof PlatformError ? error.message : `${error.name}: ${error.message}`);
}

/** Where `--dry-run` stops. */
export const DRY_RUN: Finding = { skipped: 'it would send or run something, which --dry-run does not' };
