import type { Session } from '../context.ts';
import { changesAnything, type PlanDocument, planDocument, planText } from '../release/describe-plan.ts';
import { type PlanFile, planFileOf } from '../release/plan-file.ts';
import { chooseSettings } from './choose-settings.ts';
import { type PrepareInput, prepareRelease } from './prepare-release.ts';

export interface DiffOutcome {
  text: string;
  document: PlanDocument;
  /** What `--out` writes and `deploy --plan` takes. */
  plan: PlanFile;
}

/** What a deployment would change. Reads only, and never loads toolkit-lib. */
export async function diff(session: Session, input: PrepareInput): Promise<DiffOutcome> {
  const { environment, reporter, target } = session;
  const { plan } = await reporter.step(`Comparing ${environment.name}`, async () =>
    prepareRelease(session, await chooseSettings(session), input),
  );
  const place = { environment: environment.name, account: target.account, region: target.region };
  return {
    text: changesAnything(plan) ? planText(plan) : `${environment.name} is as configured: nothing would change`,
    document: planDocument(plan),
    plan: planFileOf(plan, place),
  };
}
