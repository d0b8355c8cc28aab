import type { Context, Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { BreakStep } from '../../sandbox/break/break-steps.ts';
import { breakSandbox } from '../../sandbox/connect.ts';
import { chosenServices, deployedServices } from '../services/deployed-services.ts';
import { stateOf } from '../state-of.ts';
import { editShown, editsOf, makeEdits, type ProjectEdit, projectText, wayBack } from './edit-project.ts';
import { fillPlaces, placesIn } from './fill-places.ts';
import { fittingService, isOfService, placesOf } from './places.ts';
import { readScenario } from './read-scenarios.ts';
import { isEdit, type Scenario, type ScenarioStep } from './scenario.ts';

/** A scenario as `--json` shows it: of this environment, with nothing left open. */
export interface BrokenScenario {
  id: string;
  title: string;
  failure: string;
  happens: string;
  /** The service that it is about; null when it is about none. */
  service: string | null;
  /** What was done, as sentences; with `--dry-run` nothing. */
  done: string[];
  /** The steps themselves. */
  steps: readonly ScenarioStep[];
  /** What it changes in platform.yaml, or takes back there; null when nothing. */
  edit: ProjectEdit | null;
  /** What to type now. */
  command: string;
  expect: Scenario['expect'];
  /** What to type to have it in order again; empty where none of our commands can do it, and after `--heal`. */
  fix: string[];
  /** What undoes it from outside, where no command of yours can mend it; null where one can, and after `--heal`. */
  undo: string | null;
  /** What ends with 0 when all is well again. */
  proof: string;
}

/** The contract of `sandbox break --json`. */
export interface BreakOutcome {
  environment: string;
  healed: boolean;
  scenarios: BrokenScenario[];
  dryRun: boolean;
}

export interface BreakInput {
  names: readonly string[];
  service?: string;
  /** Bring in order what the scenarios broke. */
  heal: boolean;
}

type BreakPowers = Pick<
  Context,
  'configured' | 'directory' | 'flags' | 'open' | 'prompter' | 'reporter' | 'sandboxServer' | 'variables'
>;

/** Breaks an environment of the sandbox as the scenarios say, one after the other; nothing is broken unless all can be. */
export async function breakEnvironment(
  context: BreakPowers,
  { names, service, heal }: BreakInput,
): Promise<BreakOutcome> {
  const { dryRun } = context.flags;
  const scenarios = [...new Set(names)].map(readScenario);
  // Before anything is asked of the configuration, which may be what was broken. The last edit goes first.
  const back = new Map<string, string>();
  if (heal)
    for (const { id } of scenarios.toReversed()) {
      const edit = await wayBack(context, id);
      back.set(id, edit?.difference ?? '');
      if (edit?.difference) context.reporter.note(edit.difference);
      if (!dryRun) await edit?.take();
    }
  const { environment } = await context.configured();
  if (!environment.sandboxed) throw outside(environment.name, names);
  // Calls that fail on purpose would fail for us, too, before anything else could be brought in order.
  if (heal && !dryRun && scenarios.some(({ heal: steps }) => steps.some(isForgetting)))
    await breakSandbox(await context.sandboxServer(), { ...placeOf(environment), steps: [{ 'forget-faults': {} }] });
  const session = await context.open();
  const planned: BrokenScenario[] = [];
  for (const scenario of scenarios) planned.push(await planOf(session, scenario, { service, heal }));
  if (heal)
    for (const one of planned) if (one.edit) one.edit = { file: 'platform.yaml', difference: back.get(one.id) ?? '' };
  const edits = heal ? undefined : await agreedEdits(context, planned);
  if (!dryRun) {
    const server = await context.sandboxServer();
    for (const one of planned) {
      one.done = await carriedOut(server, session.target, one);
      const made = edits?.get(one.id);
      if (made) await makeEdits(context, one.id, made.before, made.after);
      one.done.push(...editSentences(one, heal));
    }
  }
  return { environment: environment.name, healed: heal, scenarios: planned, dryRun };
}

/** One after the other on what the one before makes of the file; shown whole, and asked for once. */
async function agreedEdits(context: BreakPowers, planned: BrokenScenario[]) {
  const made = new Map<string, { before: string; after: string }>();
  if (!planned.some(({ steps }) => steps.some(isEdit))) return made;
  const first = await projectText(context);
  let text = first;
  for (const one of planned) {
    const edits = one.steps.filter(isEdit);
    if (edits.length === 0) continue;
    const after = editsOf(text, one.id, edits);
    one.edit = editShown(text, after);
    made.set(one.id, { before: text, after });
    text = after;
  }
  const { difference } = editShown(first, text);
  if (difference === '') return made;
  context.reporter.note(difference);
  await context.prompter.ask({ text: 'Edit platform.yaml so? sandbox break --heal takes it back' });
  return made;
}

function editSentences({ id, steps, edit }: BrokenScenario, heal: boolean): string[] {
  if (!edit) return [];
  if (heal)
    return [edit.difference === '' ? `platform.yaml has no edit of ${id}` : 'platform.yaml is as it was before'];
  return steps.filter(isEdit).map(({ edit: { path, value } }) => `platform.yaml: ${path} is ${JSON.stringify(value)}`);
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

async function planOf(
  session: Powers,
  scenario: Scenario,
  { service, heal }: { service: string | undefined; heal: boolean },
): Promise<BrokenScenario> {
  const { id, title, failure, happens, command, expect, fix, proof = command } = scenario;
  const edits = scenario.break.some(isEdit);
  const steps: readonly ScenarioStep[] = heal ? scenario.heal : scenario.break;
  const wanted = { happens, steps, command, expect, fix, proof };
  const names = placesIn(wanted);
  if (service !== undefined) await known(session, service, scenario);
  const about = names.some(isOfService) ? (service ?? fittingService(session, names)) : undefined;
  if (heal && steps.length === 0 && !edits) throw notHealable(scenario, session);
  const filled = await fillPlaces(wanted, placesOf(session, about), id);
  return {
    id,
    title,
    failure,
    service: about ?? null,
    done: [],
    ...filled,
    edit: edits ? { file: 'platform.yaml', difference: '' } : null,
    fix: heal ? [] : filled.fix,
    undo:
      heal || (scenario.heal.length === 0 && !edits)
        ? null
        : `platform sandbox break ${id} --heal ${environmentFlags(session.environment)}`,
  };
}

/** A name that nobody has configured is told as everywhere; one that is not deployed yet only where that matters. */
async function known(session: Powers, service: string, { when }: Scenario): Promise<void> {
  const configured = Object.keys(session.environment.blocks.services).includes(service);
  if (configured && when === 'undeployed') return;
  chosenServices(session, await deployedServices(session, (await stateOf(session)).state), [service]);
}

const isForgetting = (step: BreakStep): boolean => 'forget-faults' in step;

const placeOf = ({ account = '000000000000', region }: { account?: string; region: string }) => ({ account, region });

/** What is done in the sandbox comes first: it may be refused, and then the file was not touched. */
async function carriedOut(
  server: Parameters<typeof breakSandbox>[0],
  target: Powers['target'],
  { id, steps }: BrokenScenario,
): Promise<string[]> {
  const inside = steps.filter((step): step is BreakStep => !isEdit(step));
  if (inside.length === 0) return [];
  const { done, refused } = await breakSandbox(server, { ...placeOf(target), steps: inside });
  if (!refused) return done;
  throw new PlatformError({
    id: 'scenario-refused',
    kind: 'failed',
    message: `Scenario ${id} could not be carried out: step ${done.length + 1} of ${inside.length} was refused with ${refused.code}: ${refused.message}`,
    remedy:
      done.length === 0
        ? 'nothing was changed; it may have been carried out already, or the environment lacks what it is about'
        : 'what the steps before did stays: platform sandbox reset, then deploy again, for a fresh start',
    details: { done },
  });
}

const outside = (name: string, names: readonly string[]) =>
  new PlatformError({
    id: 'break-outside-sandbox',
    kind: 'usage',
    message: `${name} is not on the sandbox, and nothing else is ever broken on purpose`,
    remedy: `platform sandbox break ${names.join(' ')} --env ${name} --sandbox breaks a rehearsal of it`,
  });

const notHealable = ({ id, fix }: Scenario, { environment }: Powers) =>
  new PlatformError({
    id: 'scenario-not-healable',
    kind: 'usage',
    message: `Scenario ${id} is not healed from outside: a command of yours brings it in order`,
    remedy: fix[0]?.replace('{flags}', environmentFlags(environment)) ?? 'platform sandbox reset, then deploy again',
  });
