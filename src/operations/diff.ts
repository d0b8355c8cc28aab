import type { Session } from '../context.ts';
import { changesAnything, costLine, type PlanDocument, planDocument, planText } from '../release/describe-plan.ts';
import { type PlanFile, planFileOf } from '../release/plan-file.ts';
import { type BuildDocument, buildDocument, buildLines } from './build-lines.ts';
import { chooseSettings } from './choose-settings.ts';
import { type PrepareInput, prepareRelease } from './prepare-release.ts';

export interface DiffOutcome {
  text: string;
  document: PlanDocument & { builds: BuildDocument };
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
  const place = { environment: environment.name, account: target.account, region: target.region };
  const builds = Object.fromEntries(images.builds.map(({ component, tag }) => [component, tag]));
  return {
    text: changesAnything(plan)
      ? [planText(plan), ...buildLines(images), ...costLine(plan)].join('\n')
      : `${environment.name} is as configured: nothing would change`,
    document: {
      ...planDocument(plan),
      builds: buildDocument(images),
    },
    plan: planFileOf(plan, place, builds),
  };
}
