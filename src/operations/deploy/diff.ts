import type { EffectiveEnvironment } from '../../config/project.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { BLOCKED_REMEDY, blockedReplacements, blockedText } from '../../release/blocked-replacements.ts';
import { changesAnything, costLine, type PlanDocument, planDocument, planText } from '../../release/describe-plan.ts';
import { type PlanFile, planFileOf } from '../../release/plan-file.ts';
import { changeSetLines, changeSetsRefused } from '../change-sets/change-set-lines.ts';
import type { ChangeSetDocument, MakeInput } from '../change-sets/make-change-sets.ts';
import { type BuildDocument, buildDocument, buildLines } from './build-lines.ts';
import { chooseSettings } from './choose-settings.ts';
import { type MissingLogRole, missingLogRole, missingLogRoleText } from './ensure-api-log-role.ts';
import { overrideLines } from './override-lines.ts';
import { type PrepareInput, prepareRelease } from './prepare-release.ts';
import { type VersionChanges, versionChanges } from './version-changes.ts';

export interface DiffOutcome {
  text: string;
  document: PlanDocument & {
    builds: BuildDocument;
    overrides: EffectiveEnvironment['blocks']['overrides'];
    changeSets?: ChangeSetDocument[];
    /** Where the newest release was made by another version of platform. */
    upgrade?: VersionChanges;
    /** Where API Gateway is first to be given a role to write logs with. */
    logRole?: MissingLogRole;
  };
  /** What `--out` writes and `deploy --plan` takes. */
  plan: PlanFile;
  /** Thrown once the rest is said: CloudFormation took a change set for none that can be executed. */
  refused?: PlatformError;
}

export interface DiffInput extends PrepareInput {
  /** Name of the change sets to make; absent: none. */
  changeSet?: string;
}

/** What a deployment would change. Reads only, and never loads toolkit-lib, unless change sets are to be made. */
export async function diff(session: Session, input: DiffInput): Promise<DiffOutcome> {
  const { environment, reporter, target } = session;
  const prepared = await reporter.step(`Comparing ${environment.name}`, async () =>
    prepareRelease(session, await chooseSettings(session), input),
  );
  const { plan, images, decisions } = prepared;
  for (const notice of decisions.notices) reporter.note(notice);
  for (const blocked of blockedReplacements(plan)) reporter.warn(`${blockedText(blocked)}; ${BLOCKED_REMEDY}`);
  const place = { environment, account: target.account, region: target.region };
  const builds = Object.fromEntries(images.builds.map(({ component, tag }) => [component, tag]));
  const file = planFileOf(plan, place, builds);
  const upgrade = await versionChanges(session, prepared.released);
  const logRole = await seenMissingLogRole(session);
  const name = input.changeSet;
  const changeSets = name === undefined ? [] : await madeNow(session, { name, prepared, plan: file });
  const refused = changeSetsRefused(changeSets);
  return {
    text: [
      changesAnything(plan)
        ? [planText(plan), ...buildLines(images), ...costLine(plan)].join('\n')
        : `${environment.name} is as configured: nothing ${logRole ? 'else ' : ''}would change`,
      ...(logRole ? [`A deployment would first ${missingLogRoleText(logRole, session)}`] : []),
      ...(upgrade?.lines ?? []),
      ...overrideLines(environment),
      ...(name === undefined ? [] : changeSetLines(name, changeSets, environmentFlags(environment))),
    ].join('\n'),
    document: {
      ...planDocument(plan),
      builds: buildDocument(images),
      overrides: environment.blocks.overrides,
      ...(name === undefined ? {} : { changeSets }),
      ...(upgrade ? { upgrade: upgrade.document } : {}),
      ...(logRole ? { logRole } : {}),
    },
    plan: file,
    ...(refused ? { refused } : {}),
  };
}

/** Whoever may not look at this can be told the rest. */
const seenMissingLogRole = (session: Session): Promise<MissingLogRole | undefined> =>
  missingLogRole(session).catch((error: unknown) => {
    if (error instanceof PlatformError && error.id === 'aws-access-denied') return undefined;
    throw error;
  });

/** Loaded only by what makes them. */
async function madeNow(session: Session, input: MakeInput): Promise<ChangeSetDocument[]> {
  const { makeChangeSets } = await import('../change-sets/make-change-sets.ts');
  return makeChangeSets(session, input);
}
