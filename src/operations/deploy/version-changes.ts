import { join } from 'node:path';
import type { Session } from '../../context.ts';
import { VERSION } from '../../package.ts';
import { changesAnything, type PlanDocument, planDocument, planText } from '../../release/describe-plan.ts';
import { type Plan, planRelease } from '../../release/plan.ts';
import type { ReleaseRecord } from '../../release/release-record.ts';
import type { PreparedRelease } from './prepare-release.ts';

/** In `diff --json`: what this version of platform changes by itself, whatever the configuration says. */
export interface VersionChanges {
  /** Versions of platform. */
  from: string;
  to: string;
  release: string;
  /** Null: nobody can tell. */
  stacks: PlanDocument['stacks'] | null;
}

/**
 * What the newest release was made of, made once more by this version, beside what was made then: all that differs comes
 * from platform. Undefined where the version is the same.
 */
export async function versionChanges(
  session: Pick<Session, 'environment' | 'reporter' | 'templates' | 'workDirectory'>,
  released: ReleaseRecord | undefined,
): Promise<{ document: VersionChanges; lines: string[] } | undefined> {
  const from = released?.made?.version ?? released?.version;
  if (!released || from === undefined || from === VERSION) return undefined;
  const { id: release } = released;
  const plan = await planOf(session, released);
  const document = { from, to: VERSION, release, stacks: plan ? planDocument(plan).stacks : null };
  return { document, lines: linesOf(document, plan) };
}

function linesOf({ from, to, release }: VersionChanges, plan: Plan | undefined): string[] {
  const what = `release ${release}, which ${from} made`;
  if (!plan) return [`What platform ${to} itself changes of ${what}, cannot be told`];
  return changesAnything(plan)
    ? [`Of this, platform ${to} itself changes, whatever the configuration says (${what}):`, planText(plan)]
    : [`platform ${to} itself changes nothing of ${what}`];
}

async function planOf(
  { environment, reporter, templates, workDirectory }: Parameters<typeof versionChanges>[0],
  { made, stacks: recorded }: ReleaseRecord,
): Promise<Plan | undefined> {
  if (!made) return undefined;
  const directory = join(workDirectory, 'cdk.out', `${environment.name}-as-released`);
  // Settings of another version may lack what this one needs, and code may be gone: then there is nothing to compare with.
  const synthesis = await templates
    .synthesize(made.settings, directory, { hashes: made.hashes })
    .catch((error: unknown) => {
      reporter.debug(`the release cannot be made again: ${error}`);
      return undefined;
    });
  if (!synthesis || (synthesis.unbuilt ?? []).length > 0) return undefined;
  const { account } = made.settings;
  const before = recorded.map((stack) => {
    const { id, name: stackName, region, template, parameters, tags = {}, terminationProtection = false } = stack;
    const live = {
      arn: stackName,
      status: 'UPDATE_COMPLETE',
      outputs: {},
      template: template as Plan['stacks'][0]['template'],
    };
    return [id, { ...live, stackName, account, region, parameters, tags, terminationProtection }] as const;
  });
  const wanted = synthesis.stacks.map((stack) => {
    const given = recorded.find(({ id }) => id === stack.id)?.parameters ?? {};
    const values = Object.keys(stack.parameters).map((name) => {
      const value = given[name];
      return [name, value === undefined ? { pending: name } : { value }] as const;
    });
    return { ...stack, parameters: Object.fromEntries(values) };
  });
  return planRelease(wanted, new Map(before));
}

/** What a record keeps for that. */
export const madeOf = ({ settings, synthesis }: PreparedRelease, version: string): ReleaseRecord['made'] => ({
  version,
  settings,
  hashes: { ...synthesis.hashes },
});
