import type { Context } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { type Examined, look } from './examine.ts';
import type { Finding, Fix, Sick } from './finding.ts';
import { Scene } from './scene.ts';

/** What became of a repair; part of the contract of `doctor --json`. */
export interface AppliedFix {
  id: string;
  subject: string | null;
  does: string;
  handling: Fix['handling'];
  /**
   * `fixed`: a second look finds it well. `still-sick`: it does not. `declined`, `not-asked`: nobody agreed.
   * `refused`: the repair itself did not go through. `gone`: an earlier repair has mended it too. `dry-run`.
   */
  outcome: 'fixed' | 'still-sick' | 'declined' | 'not-asked' | 'refused' | 'gone' | 'dry-run';
  why: string | null;
}

export interface Fixed {
  fixes: AppliedFix[];
  /** A question that nobody was there to answer. */
  unanswered?: PlatformError;
}

/**
 * Carries out the repairs, one finding at a time in its class, and has the same check look again after each: only its
 * second look counts, and what is still sick then is for a person.
 */
export async function applyFixes(context: Context, examined: readonly Examined[], service?: string): Promise<Fixed> {
  const done: Fixed = { fixes: [] };
  let changed = false;
  for (const { check, findings } of examined) {
    let now = findings;
    let isFresh = !changed;
    for (const finding of findings) {
      if (finding.status !== 'problem' || !finding.fix) continue;
      // What mended something else may have mended this too.
      if (!isFresh) now = await look(check, new Scene(context, service));
      isFresh = true;
      const { does, handling } = finding.fix;
      const told = { id: check.id, subject: finding.subject ?? null, does, handling };
      if (!stillIn(now, finding)) {
        done.fixes.push({ ...told, outcome: 'gone', why: 'an earlier repair has mended it too' });
        continue;
      }
      const { outcome, why, error } = await applyOne(context, finding, finding.fix);
      if (error?.id === 'nobody-to-ask') done.unanswered ??= error;
      if (outcome !== 'applied') {
        done.fixes.push({ ...told, outcome, why });
        continue;
      }
      changed = true;
      now = await look(check, new Scene(context, service));
      const left = stillIn(now, finding);
      context.reporter.note(
        left ? `${does}: done, and still ${left.detail}` : `${does}: done, and a second look finds it well`,
      );
      done.fixes.push({ ...told, outcome: left ? 'still-sick' : 'fixed', why: left?.detail ?? null });
    }
  }
  return done;
}

interface Applied {
  outcome: 'applied' | 'declined' | 'not-asked' | 'refused' | 'dry-run';
  why: string | null;
  error?: PlatformError;
}

async function applyOne(context: Context, { detail, subject }: Sick, fix: Fix): Promise<Applied> {
  const { flags, prompter, reporter } = context;
  reporter.note(`${subject ? `${subject}: ` : ''}${detail}`);
  try {
    if (fix.handling === 'ASK' && !fix.asks) await prompter.ask({ text: `${capital(fix.does)}?` });
    // What asks by itself says by itself what it would do.
    if (!flags.dryRun || fix.asks) await fix.apply();
    if (!flags.dryRun) return { outcome: 'applied', why: null };
    reporter.note(`would ${fix.does}`);
    return { outcome: 'dry-run', why: null };
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof PlatformError)) throw error;
    if (error.kind === 'declined') return { outcome: 'declined', why: null };
    const outcome = error.id === 'nobody-to-ask' ? 'not-asked' : 'refused';
    reporter.warn(`${fix.does}: ${error.message}${/[.?]$/.test(error.message) ? '' : '.'} ${error.remedy}`);
    return { outcome, why: error.message, error };
  }
}

/** By what it is about: the words may have changed. Not to see it any more is not to see it well. */
function stillIn(findings: readonly Finding[], before: Sick): { detail: string } | undefined {
  for (const now of findings) {
    if (now.status === 'problem' && now.subject === before.subject && now.failure === before.failure) return now;
    if (now.status === 'unknown' && (now.subject === undefined || now.subject === before.subject))
      return { detail: `not known: ${now.reason}` };
  }
  return undefined;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
