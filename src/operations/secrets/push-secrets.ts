import { dirname } from 'node:path';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { changesSecret } from '../../domain/secrets/secret-contract.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { isTracked } from '../../process/git.ts';
import { environmentSecrets, type KnownSecret } from '../../release/environment-secrets.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { chosenSecrets, requirePushed } from './choose-secrets.ts';
import { type LookedSecret, lookAtSecrets, pushedSecrets } from './look-at-secrets.ts';
import { type OldValue, oldValues } from './old-values.ts';
import { type Removal, requireUnused } from './require-unused.ts';
import { type SecretRow, secretRow, secretTable } from './secret-rows.ts';
import { unknownRemarks, unknownVariables } from './unknown-variables.ts';
import { writeSecret } from './write-secret.ts';

export interface CompareInput {
  /** Names in platform.yaml; all that an env file fills when empty. */
  names: readonly string[];
  /** `--prune`: live keys that nobody declares are removed. */
  prune: boolean;
}

/** The contract of `secrets diff --json`. */
export interface DiffOutcome {
  environment: string;
  /** `.env.<environment>`, and whether it is there. */
  file: { path: string; exists: boolean };
  secrets: SecretRow[];
  /** Variables of the file that no secret declares. */
  unknownVariables: string[];
  /** Whether a push would write anything. */
  changes: boolean;
}

/** The contract of `secrets push --json`. */
export interface PushOutcome extends DiffOutcome {
  /** Secrets that have a new version now, and its id. */
  written: Record<string, string>;
  /** Running tasks that hold what their secrets no longer say (F-94). */
  oldValues: OldValue[];
  dryRun: boolean;
}

/** What a push would do. Only reads. */
export async function diffSecrets(
  session: Session,
  input: CompareInput,
): Promise<{ outcome: DiffOutcome; table: string }> {
  const compared = await compare(session, input);
  await remark(session, compared);
  return { outcome: compared.outcome, table: secretTable(compared.secrets) };
}

/**
 * Brings what `.env.<environment>` says into Secrets Manager. Keys that are live and not in the file stay. Run again, it
 * writes nothing; killed, it has written whole versions or none, and the next run goes on.
 */
export async function pushSecrets(session: Session, input: CompareInput): Promise<PushOutcome> {
  const { flags, reporter } = session;
  const lock = await lazyLock(session, { command: 'secrets push' });
  try {
    let compared = await compare(session, input);
    requireFile(session, compared);
    if (await restoreDeleted(session, compared.secrets, lock)) compared = await compare(session, input);
    const { outcome, secrets } = compared;
    reporter.note(secretTable(secrets));
    await remark(session, compared);
    const changing = secrets.filter(willChange);
    await requireUnused(session, changing.flatMap(removalOf));
    await agree(session, changing);
    const written: Record<string, string> = {};
    if (!flags.dryRun && changing.length > 0) {
      await lock.take();
      for (const secret of changing) {
        await lock.confirm();
        written[secret.known.name] = await writeSecret(session, secret);
      }
    }
    const live = secrets.filter(({ live: { state } }) => state === 'live').map(({ known }) => known.secretName);
    return { ...outcome, written, oldValues: await oldValues(session, live), dryRun: flags.dryRun };
  } finally {
    await lock.release();
  }
}

function chosen(environment: Session['environment'], names: readonly string[]): KnownSecret[] {
  if (names.length === 0) return pushedSecrets(environment);
  const found = chosenSecrets(environmentSecrets(environment), names, environment.name);
  requirePushed(found);
  return found;
}

async function compare(session: Session, { names, prune }: CompareInput) {
  const { environment } = session;
  const { file, secrets } = await lookAtSecrets(session, chosen(environment, names), { prune });
  const outcome: DiffOutcome = {
    environment: environment.name,
    file: { path: file.path, exists: file.exists },
    secrets: secrets.map(secretRow),
    unknownVariables: unknownVariables(environment, file),
    changes: secrets.some(willChange),
  };
  return { outcome, secrets, file };
}

/** Throws `env-file-missing` (exit 2) where a person has to give a value and there is no file to give it in. */
function requireFile({ environment }: Session, { file, secrets }: Compared): void {
  if (file.exists) return;
  const asks = secrets.some(({ known }) =>
    Object.values(known.keys).some((key) => key.required && key.default === undefined && !key.generate),
  );
  if (!asks) return;
  throw new PlatformError({
    id: 'env-file-missing',
    kind: 'usage',
    message: `There is no ${file.path}, and some keys get their values from nowhere else; nothing was changed`,
    remedy: `platform secrets init ${environmentFlags(environment)} writes it`,
  });
}

type Compared = Awaited<ReturnType<typeof compare>>;

/** What was put right and what looks like a mistake, once. */
async function remark({ environment, reporter, workDirectory }: Session, { file, secrets }: Compared): Promise<void> {
  const remarks = [
    ...(file.openToOthers ? [`${file.path} can be read by others on this machine: chmod 600 ${file.path}`] : []),
    ...((await isTracked(dirname(workDirectory), file.path))
      ? [`git keeps ${file.path}: git rm --cached ${file.path}, and replace its values at their source`]
      : []),
    ...secrets.flatMap(({ values }) => values.remarks),
    ...unknownRemarks(environment, file),
  ];
  for (const text of remarks) reporter.warn(text);
}

/** What waits for its deletion is restored first. */
const willChange = ({ live, contract }: LookedSecret): boolean =>
  live.state !== 'scheduled-for-deletion' && changesSecret(contract);

/** A secret in its recovery window is taken back before its keys are compared: until then nobody can read them (F-91). */
async function restoreDeleted(
  { aws, flags, prompter, reporter }: Session,
  secrets: readonly LookedSecret[],
  lock: EnvironmentLock,
): Promise<boolean> {
  const deleted = secrets.filter(({ live }) => live.state === 'scheduled-for-deletion');
  for (const { secretName } of deleted.map(({ known }) => known)) {
    await prompter.ask({
      text: `Secret ${secretName} is scheduled for deletion. Restore it, with the value that it had?`,
    });
    if (flags.dryRun) continue;
    await lock.take();
    await aws.secrets.restore(secretName);
    reporter.note(`Secret ${secretName} is restored`);
  }
  return deleted.length > 0 && !flags.dryRun;
}

function removalOf({ known, live, contract }: LookedSecret): Removal[] {
  const whole = live.state === 'not-json';
  if (live.arn === undefined || (contract.removed.length === 0 && !whole)) return [];
  return [{ secretName: known.secretName, arn: live.arn, keys: contract.removed, whole }];
}

/** What takes something away has a question of its own. */
async function agree({ environment, prompter, target }: Session, changing: readonly LookedSecret[]): Promise<void> {
  for (const { known, live, contract } of changing) {
    const { contents } = live;
    if (contents.kind === 'not-json')
      await prompter.ask({
        text: `Secret ${known.secretName} has no keys: ${contents.why}. Replace all of it? The old value stays as its previous version`,
      });
    if (contract.removed.length > 0)
      await prompter.ask({ text: `Remove ${contract.removed.join(', ')} from secret ${known.secretName}?` });
  }
  if (changing.length === 0) return;
  const place = `${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region}`;
  await prompter.ask({
    text: `Push ${changing.map(({ known }) => known.secretName).join(', ')} to ${environment.name} (${place})?`,
  });
}
