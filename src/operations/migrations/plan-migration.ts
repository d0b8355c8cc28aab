import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { type MigrationRecord, readMigration, whyToMigrate } from '../../release/migration-record.ts';
import { migrationComponent } from '../../release/one-off-settings.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';

export interface PlannedMigration {
  component: string;
  when: 'before-rollout' | 'after-rollout';
  /** `before` and `up`, in order. */
  commands: string[][];
  timeoutMs: number;
  /** As far as it can be told before anything is deployed. */
  why: string;
  newest: MigrationRecord | undefined;
}

/** What a deployment will have to migrate; undefined when it need not. Only reads. */
export async function planMigration(
  { environment, reporter }: Pick<Session, 'environment' | 'reporter'>,
  { access, images, plan }: Pick<PreparedRelease, 'access' | 'images' | 'plan'>,
): Promise<PlannedMigration | undefined> {
  const { migrations } = environment.blocks;
  const component = migrationComponent(environment.blocks);
  if (!migrations || !component) return undefined;
  const newest = await readMigration(access.objects, environment.name);
  const data = plan.stacks.find(({ id }) => id === 'data');
  const known = (output: string) => {
    const value = data?.outputs[output];
    return typeof value === 'string' ? value : undefined;
  };
  const anew = data !== undefined && data.action !== 'update' && data.action !== 'none';
  const commands = [...migrations.before, migrations.up];
  const why = whyToMigrate(newest, {
    image: images.images[component],
    commands,
    databases: Object.fromEntries(
      Object.keys(newest?.source.databases ?? {}).map((name) => [name, known(outputs.data.databaseIdentifier(name))]),
    ),
    stack: anew ? undefined : (data?.live?.arn ?? NO_STACK),
  });
  if (why === undefined) return undefined;
  if (migrations.when === 'manual') {
    reporter.note(`${why}: platform migrate ${environmentFlags(environment)} migrates, a deployment does not`);
    return undefined;
  }
  return { component, when: migrations.when, commands, timeoutMs: migrations.timeoutMinutes * 60_000, why, newest };
}

/** A consumer's databases are in a stack of its provider. */
export const NO_STACK = 'none';

export const plannedMigrationText = ({ commands, when, why }: PlannedMigration): string =>
  `  migrate ${when === 'before-rollout' ? 'before' : 'after'} the roll-out, because ${why}: ${commands.map((command) => command.join(' ')).join(', then ')}`;
