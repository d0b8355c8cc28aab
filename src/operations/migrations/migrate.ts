import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { writeMigration } from '../../release/migration-record.ts';
import { migrationComponent } from '../../release/one-off-settings.ts';
import { databasesOf, wakeDatabases } from '../databases/wake-databases.ts';
import { explainedOneOff } from '../explain-failure.ts';
import type { RecordedSession } from '../flight-recorder/record-run.ts';
import { heeding } from '../locks/hold-lock.ts';
import { stateOf } from '../state-of.ts';
import { type Deployed, deployed, type OneOffPlace, placeIn } from '../tasks/one-off-place.ts';
import { holdMigrationLock } from './hold-migration-lock.ts';
import { NO_STACK } from './plan-migration.ts';
import { afterEarlierMigrations, type MigrationRun, migrationFailure, runMigrations } from './run-migrations.ts';

export interface MigrateInput {
  action: 'up' | 'down' | 'verify';
  /** How long to wait for a migration that runs already. */
  waitMs: number;
  /** Absent: as configured. */
  timeoutMs?: number;
  commit?: string;
}

/** The contract of `migrate --json`; what is of a task is null on a dry run. */
export interface MigrateOutcome extends Omit<MigrationRun, 'task'> {
  environment: string;
  component: string;
  action: MigrateInput['action'];
  task: string | null;
  dryRun: boolean;
}

/**
 * Migrates the database of an environment with the image that is deployed there, in a task of its own. Answers with how
 * it ended, and what to make of it.
 */
export async function migrate(
  session: RecordedSession,
  input: MigrateInput,
): Promise<{ outcome: MigrateOutcome; failure?: PlatformError }> {
  const { environment, flags, reporter } = session;
  const { action } = input;
  const { component, commands } = configuredCommands(session, action);
  const { place, ...live } = await reporter.step(`Looking at ${environment.name}`, async () => {
    const found = await deployed(session);
    return { ...found, place: await placeIn(session, { component, ...found }) };
  });
  if (action === 'down') await askForDown(session, commands);
  const common = { environment: environment.name, component, action };
  if (flags.dryRun) {
    reporter.note(
      `would run in a task of ${component}: ${commands.map((command) => command.join(' ')).join(', then ')}`,
    );
    return { outcome: { ...common, ...NOTHING, dryRun: true } };
  }

  await wakeDatabases(session, databasesOf(component, live.settings, live.outputsOf));
  // To look at a database changes nothing, and may be wanted while it is being changed.
  const run =
    action === 'verify'
      ? runIn(session, { ...input, place, commands, lock: NO_LOCK }).then((ended) => ({ ended, word: undefined }))
      : alone(session, { ...input, place, commands, live });
  const { ended, word } = await run;
  if (ended.simulated) reporter.note('simulated: no container ran, the sandbox found no container engine');
  const failure = migrationFailure(
    ended,
    `platform logs --task ${ended.task} shows what it said${action === 'verify' ? '' : '; it is not tried again by itself'}`,
  );
  // Whoever was told to stop has nothing to be explained.
  const told =
    word ?? (failure && (await explainedOneOff(session, failure, { kind: 'migration', task: ended.task, place })));
  return { outcome: { ...common, ...ended, dryRun: false }, ...(told ? { failure: told } : {}) };
}

const NOTHING = { task: null, exitCode: null, seconds: 0, simulated: false, stoppedReason: null, steps: [] };
const NO_LOCK = { check: () => undefined };

type Run = MigrateInput & { place: OneOffPlace; commands: string[][] };

/**
 * Nobody else migrates meanwhile; what ended well is written down. Whoever cancels it has its task stopped: `word` then
 * says who.
 */
async function alone(
  session: RecordedSession,
  { live, ...run }: Run & { live: Deployed },
): Promise<{ ended: MigrationRun; word: PlatformError | undefined }> {
  const { clock, environment, target } = session;
  const { action, waitMs, commit, place } = run;
  const lock = await holdMigrationLock(session, {
    command: action === 'up' ? 'migrate' : 'migrate --down',
    ...(commit ? { commit } : {}),
    waitMs,
  });
  try {
    const ended = await heeding(session, lock, async (waking) => {
      await afterEarlierMigrations(waking, { cluster: place.cluster, waitMs });
      return runIn(waking, { ...run, lock });
    });
    if (migrationFailure(ended)) return { ended, word: await lock.confirm().then(() => undefined, cancellation) };
    const { objects } = await stateOf(session);
    const databases = databasesOf(place.component, live.settings, live.outputsOf);
    const { migrations } = environment.blocks;
    await writeMigration(objects, environment.name, {
      action: action === 'up' ? 'up' : 'down',
      at: clock.now(),
      principal: target.principal,
      task: ended.task,
      simulated: ended.simulated,
      source: {
        image: place.image,
        commands: [...migrations!.before, migrations!.up],
        databases: Object.fromEntries(databases.map(({ name, identifier }) => [name, identifier])),
        stack: live.stacks.find(({ id }) => id === 'data')?.stack.StackId ?? NO_STACK,
      },
    });
    return { ended, word: undefined };
  } finally {
    await lock.release();
  }
}

/** A lock that was lost, or cannot be looked at, changes nothing about how the task ended. */
const cancellation = (error: unknown): PlatformError | undefined =>
  error instanceof PlatformError && error.id === 'deploy-cancelled-by' ? error : undefined;

const runIn = (
  session: RecordedSession,
  { place, commands, timeoutMs, lock }: Run & Pick<Parameters<typeof runMigrations>[1], 'lock'>,
): Promise<MigrationRun> =>
  runMigrations(session, {
    place,
    commands,
    timeoutMs: timeoutMs ?? session.environment.blocks.migrations!.timeoutMinutes * 60_000,
    lock,
    onLine: ({ text }) => session.reporter.line(text),
    recorder: session.recorder,
  });

/** The rows that a migration made are gone once it is taken back, and nobody can tell which those are. */
async function askForDown({ environment, prompter }: Session, commands: readonly string[][]): Promise<void> {
  const text = `Taking back a migration of ${environment.name} may delete data: ${commands[0]!.join(' ')}`;
  if (environment.kind === 'prod')
    await prompter.askTyped({
      text: `${text}. platform db snapshot first keeps a way back`,
      name: `${environment.name}/migrations.down`,
    });
  else await prompter.ask({ text: `${text}. Do it?` });
}

function configuredCommands(
  { environment }: Pick<Session, 'environment'>,
  action: MigrateInput['action'],
): { component: string; commands: string[][] } {
  const { migrations } = environment.blocks;
  const component = migrationComponent(environment.blocks);
  if (!migrations || !component) throw noMigrations(environment.name);
  if (action === 'up') return { component, commands: [...migrations.before, migrations.up] };
  const command = migrations[action];
  if (!command) throw noCommand(action);
  return { component, commands: [command] };
}

const noMigrations = (environment: string) =>
  new PlatformError({
    id: 'no-migrations',
    kind: 'usage',
    message: `${environment} has no migrations in platform.yaml`,
    remedy: 'add them: migrations: { run: service.<name>, up: [<command>] }',
  });

const noCommand = (action: 'down' | 'verify') =>
  new PlatformError({
    id: 'migration-command-missing',
    kind: 'usage',
    message: `platform.yaml says no command for migrations.${action}`,
    remedy: `add it, word by word: migrations: { ${action}: [<command>] }`,
  });
