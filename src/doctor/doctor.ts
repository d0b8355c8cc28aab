import type { Context } from '../context.ts';
import { nearest } from '../domain/nearest.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { chosenServices } from '../operations/services/deployed-services.ts';
import { type AppliedFix, applyFixes } from './apply-fixes.ts';
import type { Check } from './check.ts';
import { type Examined, examine, hinders } from './examine.ts';
import { CHECKS } from './registry.ts';
import { type DoctorDocument, documentOf } from './report.ts';
import { Scene } from './scene.ts';

export interface DoctorInput {
  /** Only this service or function, and what it stands on. */
  service?: string;
  /** Ids of checks; absent: all that are looked at by themselves. */
  only?: readonly string[];
  account: boolean;
  /** The service into which a shell is to be opened. */
  exec?: string;
  fix: boolean;
}

export interface DoctorOutcome {
  examined: readonly Examined[];
  document: DoctorDocument;
  /** To be thrown after the report: what a script is to see in the exit code. */
  failure?: PlatformError;
}

/** Looks at everything that a working environment hangs on. Changes nothing without `fix`. */
export async function doctor(context: Context, input: DoctorInput): Promise<DoctorOutcome> {
  const { only, service = input.exec } = input;
  const asked = only === undefined ? usual(input) : chosenChecks(only);
  const checks = withNeeded(asked);
  const configured = await context.configured().catch((error: unknown) => error);
  if (configured instanceof Error && service !== undefined) throw configured;
  const environment =
    configured instanceof Error ? undefined : (configured as { environment: { name: string } }).environment;
  const scene = new Scene(context, service);
  if (service !== undefined) await requireKnown(scene, service);

  const title = `Looking at ${service ?? environment?.name ?? 'this machine'}`;
  const first = await examine(checks, scene, title);
  // What was not asked for and hinders what was is the answer: without it nothing would be wrong with what nobody could see.
  const shown = (all: readonly Examined[]) =>
    all.filter(
      ({ check, findings }) => asked.includes(check) || (findings.some(hinders) && !check.bearable?.(findings)),
    );
  const { fixes, unanswered } = input.fix ? await applyFixes(context, shown(first), service) : { fixes: [] };
  // What was mended may have hidden or caused something else.
  const again = fixes.some(({ outcome }) => outcome === 'fixed' || outcome === 'still-sick');
  const last = again ? await examine(checks, new Scene(context, service), `Looking again`) : first;

  const { flags } = context;
  const document = documentOf(shown(last), { environment: environment?.name ?? null, fixes }, flags);
  const failure = unanswered ?? unusable(configured) ?? found(document, fixes);
  return { examined: shown(last), document, ...(failure ? { failure } : {}) };
}

/** Without a project there is this machine to look at. */
const unusable = (configured: unknown): PlatformError | undefined =>
  configured instanceof PlatformError && configured.id !== 'config-missing' ? configured : undefined;

/** Checks that leave out what the service that is asked about does not stand on. */
const STOOD_ON = ['stacks', 'secrets', 'databases'];

function usual({ account, exec, service }: DoctorInput): Check[] {
  if (exec !== undefined) return CHECKS.filter(({ on }) => on === 'exec');
  return CHECKS.filter(({ group, id, on }) =>
    service === undefined
      ? on === undefined || (on === 'account' && account)
      : on === undefined && (group === 'its services' || STOOD_ON.includes(id)),
  );
}

/** In the order of the registry, in which what is needed comes first. */
function withNeeded(asked: readonly Check[]): Check[] {
  const wanted = new Set<string>();
  const want = ({ id, needs = [] }: Check) => {
    wanted.add(id);
    for (const needed of CHECKS.filter((one) => needs.includes(one.id))) want(needed);
  };
  asked.forEach(want);
  return CHECKS.filter(({ id }) => wanted.has(id));
}

function chosenChecks(ids: readonly string[]): Check[] {
  for (const id of ids) if (!CHECKS.some((check) => check.id === id)) throw checkUnknown(id);
  return CHECKS.filter(({ id }) => ids.includes(id));
}

/** A name that nobody configured and nothing runs is a slip of the fingers; AWS may not answer yet. */
async function requireKnown(scene: Scene, service: string): Promise<void> {
  const { environment } = await scene.context.configured();
  const { functions, services } = environment.blocks;
  if (Object.hasOwn(services, service) || Object.hasOwn(functions, service)) return;
  const deployed = await scene.services().catch(() => []);
  chosenServices({ environment }, deployed, [service]);
}

function found(
  { summary, environment, checks }: DoctorDocument,
  fixes: readonly AppliedFix[],
): PlatformError | undefined {
  if (summary.errors === 0) return undefined;
  const worst = checks.find(({ severity }) => severity === 'error')!;
  const open = fixes.length === 0 && checks.some(({ fixable }) => fixable);
  return new PlatformError({
    id: 'doctor-found',
    kind: 'failed',
    message: `${summary.errors} ${summary.errors === 1 ? 'thing is' : 'things are'} wrong ${environment === null ? 'here' : `with ${environment}`}`,
    remedy: open ? `each finding says what mends it; --fix does what can be done from here` : worst.remedy!,
  });
}

function checkUnknown(id: string): PlatformError {
  const meant = nearest(
    id,
    CHECKS.map((check) => check.id),
  );
  return new PlatformError({
    id: 'check-unknown',
    kind: 'usage',
    message: `There is no check ${JSON.stringify(id)}`,
    remedy: meant ? `name ${meant}` : 'platform doctor --list names them all',
  });
}
