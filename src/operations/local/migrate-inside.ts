import type { Context, Session } from '../../context.ts';
import { MIGRATIONS } from '../../release/compose-file.ts';
import type { Compose } from './compose.ts';
import type { LocalPlan } from './local-plan.ts';

/** Migrates the database of this machine, in a container of what is built now. False: there is nothing to migrate. */
export async function migrateInside(
  { environment, reporter }: Pick<Session, 'environment'> & Pick<Context, 'reporter'>,
  compose: Compose,
  { postgres }: Pick<LocalPlan, 'postgres'>,
): Promise<boolean> {
  const { migrations } = environment.blocks;
  if (!migrations || migrations.when === 'manual' || !postgres) return false;
  const container = migrations.run ? migrations.run.replace(/^service\./, '') : MIGRATIONS;
  await reporter.step('Migrating the database', async (update) => {
    await compose.run(['build', container]);
    for (const command of [...migrations.before, migrations.up]) {
      update(command.join(' '));
      // Words after the name take the place of the command; `--` would become one of them.
      await compose.run(['run', '--rm', '-T', '--no-deps', container, ...command]);
    }
  });
  return true;
}
