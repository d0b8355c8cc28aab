import type { EffectiveEnvironment } from '../config/project.ts';
import type { Session } from '../context.ts';
import { BLOCKED_REMEDY, blockedReplacements, blockedText } from '../release/blocked-replacements.ts';
import { changesAnything, costLine, type PlanDocument, planDocument, planText } from '../release/describe-plan.ts';
import { type PlanFile, planFileOf } from '../release/plan-file.ts';
import { type BuildDocument, buildDocument, buildLines } from './build-lines.ts';
import { chooseSettings } from './choose-settings.ts';
import { overrideLines } from './override-lines.ts';
import { type PrepareInput, prepareRelease } from './prepare-release.ts';

export interface DiffOutcome {
  text: string;
  document: PlanDocument & { builds: BuildDocument; overrides: EffectiveEnvironment['blocks']['overrides'] };
  /** What `--out` writes and `deploy --plan` takes. */
  plan: PlanFile;
}

/** What a deployment would change. Reads only, and never loads toolkit-lib. */
export async function diff(session: Session, input: PrepareInput): Promise<DiffOutcome> {
  const { environment, reporter, target } = session;
  const { plan, images, decisions } = await reporter.step(`Comparing ${environment.name}`, async () =>
    prepareRelease(session, await chooseSettings(session), input),
  );
  for (const notice of decisions.notices) reporter.note(notice);
  for (const blocked of blockedReplacements(plan)) reporter.warn(`${blockedText(blocked)}; ${BLOCKED_REMEDY}`);
  const place = { environment: environment.name, account: target.account, region: target.region };
  const builds = Object.fromEntries(images.builds.map(({ component, tag }) => [component, tag]));
  return {
    text: [
      changesAnything(plan)
        ? [planText(plan), ...buildLines(images), ...costLine(plan)].join('\n')
        : `${environment.name} is as configured: nothing would change`,
      ...overrideLines(environment),
    ].join('\n'),
    document: {
      ...planDocument(plan),
      builds: buildDocument(images),
      overrides: environment.blocks.overrides,
    },
    plan: planFileOf(plan, place, builds),
  };
}
