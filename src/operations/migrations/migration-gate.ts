import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { RowState } from '../../io/reporter.ts';
import { type MigrationSource, whyToMigrate, writeMigration } from '../../release/migration-record.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { databasesOf, type Wakeable, wakeDatabases } from '../databases/wake-databases.ts';
import type { ActInput } from '../deploy/act-on-plan.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import type { RecordInput } from '../deploy/record-release.ts';
import { explainedOneOff } from '../explain-failure.ts';
import type { Recorder } from '../flight-recorder/recorder.ts';
import type { HeldLock } from '../locks/hold-lock.ts';
import type { LogLine } from '../tasks/follow-log.ts';
import { placeIn } from '../tasks/one-off-place.ts';
import { holdMigrationLock } from './hold-migration-lock.ts';
import { NO_STACK, type PlannedMigration } from './plan-migration.ts';
import { afterEarlierMigrations, type MigrationRun, migrationFailure, runMigrations } from './run-migrations.ts';

/** What a deployment migrated; part of the contract of `deploy --json`. */
export interface MigrationDone extends MigrationRun {
  why: string;
  when: PlannedMigration['when'];
}

/** The place of migrations in a deployment. Without any it is always open. */
export interface MigrationGate {
  /** Before the roll-out: the step between the stacks, where there is one. */
  step: Pick<ActInput, 'gate'>;
  /** After it. */
  last(outputsOf: OutputsOf): Promise<void>;
  /** Null while nothing was migrated. */
  done(): MigrationDone | null;
  recorded(): Pick<RecordInput, 'migration'>;
  /** Real milliseconds in which tasks ran. */
  waited: { from: number; to: number }[];
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'prompter' | 'reporter' | 'signal' | 'target'> & {
  readonly recorder?: Recorder;
};
type Say = (state: RowState, detail: string) => void;

interface GateInput {
  prepared: PreparedRelease;
  planned: PlannedMigration | undefined;
  commit?: string;
  /** Of the environment: whoever cancels has the migration stopped. */
  lock: Pick<HeldLock, 'heed'>;
}

/**
 * Migrates with the image of the new release, once all that stands still is ready. Ends with `migration-failed` when
 * the commands do not end with 0, and then nothing that waits for it may go on (F-88).
 */
export function migrationGate(session: Powers, { prepared, planned, commit, lock }: GateInput): MigrationGate {
  let done: MigrationDone | null = null;
  const waited: MigrationGate['waited'] = [];
  const pass = async (migration: PlannedMigration, outputsOf: OutputsOf, say: Say) => {
    const input = { ...migration, prepared, outputsOf, ...(commit ? { commit } : {}) };
    const from = session.clock.now();
    try {
      const verdict = await lock.heed((cancelled) =>
        migrate({ ...session, signal: AbortSignal.any([session.signal, cancelled]) }, input, say),
      );
      done = verdict.done;
      if (verdict.failure) throw verdict.failure;
    } catch (error) {
      say('failed', error instanceof PlatformError ? error.message : String(error));
      throw error;
    } finally {
      waited.push({ from, to: session.clock.now() });
    }
  };
  return {
    step:
      planned?.when === 'before-rollout'
        ? {
            gate: (acted, tree) =>
              pass(
                planned,
                (stack) => acted.get(stack)?.outputs ?? {},
                (state, detail) => tree.row('migration', { title: 'migration', state, detail }),
              ),
          }
        : {},
    last: async (outputsOf) => {
      if (planned?.when !== 'after-rollout') return;
      await session.reporter.step('Migrating', (update) => pass(planned, outputsOf, (_, detail) => update(detail)));
    },
    done: () => done,
    recorded: () =>
      done ? { migration: { task: done.task, exitCode: done.exitCode, simulated: done.simulated } } : {},
    waited,
  };
}

type Verdict = { done: MigrationDone | null; failure?: PlatformError };

async function migrate(
  session: Powers,
  input: PlannedMigration & { prepared: PreparedRelease; outputsOf: OutputsOf; commit?: string },
  say: Say,
): Promise<Verdict> {
  const { clock, environment, reporter, target } = session;
  const { prepared, outputsOf, component, commands, timeoutMs, when, newest, commit } = input;
  const { settings, access } = prepared;
  const place = await placeIn(session, { component, settings, outputsOf });
  const databases = databasesOf(component, settings, outputsOf);
  const source = await sourceOf(session, { image: place.image, commands, databases, prepared });
  const why = whyToMigrate(newest, source);
  if (why === undefined) {
    say('skipped', 'no change');
    return { done: null };
  }
  say('running', why);
  await wakeDatabases(session, databases);
  const lock = await holdMigrationLock(session, {
    command: 'deploy',
    ...(commit ? { commit } : {}),
    waitMs: timeoutMs,
  });
  try {
    await afterEarlierMigrations(session, { cluster: place.cluster, waitMs: timeoutMs });
    const onLine = ({ text }: LogLine) => reporter.note(`  | ${text}`);
    const run = await runMigrations(session, { place, commands, timeoutMs, lock, onLine, recorder: session.recorder });
    const done = { ...run, why, when };
    const failed = migrationFailure(run);
    const failure = failed && (await explainedOneOff(session, failed, { kind: 'migration', task: run.task, place }));
    if (failure) return { done, failure: gateClosed(failure, done, { prepared, databases }) };
    const { task, simulated } = run;
    const newer = { action: 'up' as const, at: clock.now(), principal: target.principal, task, simulated, source };
    await writeMigration(access.objects, environment.name, newer);
    say('done', `${why}${simulated ? '; simulated' : ''}`);
    return { done };
  } finally {
    await lock.release();
  }
}

async function sourceOf(
  { aws }: Pick<Session, 'aws'>,
  input: { image: string; commands: string[][]; databases: readonly Wakeable[]; prepared: PreparedRelease },
): Promise<MigrationSource> {
  const { image, commands, databases, prepared } = input;
  const data = prepared.plan.stacks.find(({ id }) => id === 'data');
  const live = data && (await aws.in(data.region).cloudFormation.stack(data.stackName));
  return {
    image,
    commands,
    databases: Object.fromEntries(databases.map(({ name, identifier }) => [name, identifier])),
    stack: live?.StackId ?? NO_STACK,
  };
}

/** Says what state things are in, and what to type. */
function gateClosed(
  failure: PlatformError,
  done: MigrationDone,
  { prepared, databases }: { prepared: PreparedRelease; databases: readonly Wakeable[] },
): PlatformError {
  const services = prepared.plan.stacks.filter(({ id }) => id.startsWith('service-'));
  const old = services.filter(({ live }) => live !== undefined).map(({ id }) => id.slice('service-'.length));
  const state =
    done.when === 'after-rollout'
      ? 'the services of the new release run already, on the old schema'
      : old.length > 0
        ? `nothing was rolled out: ${old.join(', ')} of the release before ${old.length === 1 ? 'goes' : 'go'} on untouched`
        : 'nothing was rolled out: no service was started';
  const asleep = databases.some(({ canPause }) => canPause)
    ? '; if it could not reach the database, that slept and is awake now (F-76)'
    : '';
  return new PlatformError({
    id: 'migration-failed',
    kind: 'failed',
    message: `${failure.message}; ${state}`,
    remedy: `${failure.remedy}; platform deploy migrates again and goes on from there${asleep}`,
    findings: failure.findings,
    details: { ...failure.details, migration: done },
    cause: failure,
  });
}
