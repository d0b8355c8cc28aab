import type { Context, Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { BreakStep } from '../../sandbox/break/break-steps.ts';
import { breakSandbox } from '../../sandbox/connect.ts';
import { chosenServices, deployedServices } from '../deployed-services.ts';
import { stateOf } from '../state-of.ts';
import { fillPlaces, placesIn } from './fill-places.ts';
import { fittingService, isOfService, placesOf } from './places.ts';
import { readScenario } from './read-scenarios.ts';
import type { Scenario } from './scenario.ts';

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
  steps: readonly BreakStep[];
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

/** Breaks an environment of the sandbox as the scenarios say, one after the other; nothing is broken unless all can be. */
export async function breakEnvironment(
  context: Pick<Context, 'configured' | 'flags' | 'open' | 'sandboxServer'>,
  { names, service, heal }: BreakInput,
): Promise<BreakOutcome> {
  const { environment } = await context.configured();
  if (!environment.sandboxed) throw outside(environment.name, names);
  const scenarios = [...new Set(names)].map(readScenario);
  // Calls that fail on purpose would fail for us, too, before anything else could be brought in order.
  if (heal && !context.flags.dryRun && scenarios.some(({ heal: steps }) => steps.some(isForgetting)))
    await breakSandbox(await context.sandboxServer(), { ...placeOf(environment), steps: [{ 'forget-faults': {} }] });
  const session = await context.open();
  const planned: BrokenScenario[] = [];
  for (const scenario of scenarios) planned.push(await planOf(session, scenario, { service, heal }));
  if (!context.flags.dryRun) {
    const server = await context.sandboxServer();
    for (const one of planned) one.done = await carriedOut(server, session.target, one);
  }
  return { environment: environment.name, healed: heal, scenarios: planned, dryRun: context.flags.dryRun };
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

async function planOf(
  session: Powers,
  scenario: Scenario,
  { service, heal }: { service: string | undefined; heal: boolean },
): Promise<BrokenScenario> {
  const { id, title, failure, happens, command, expect, fix, proof = command } = scenario;
  const steps = heal ? scenario.heal : scenario.break;
  const wanted = { happens, steps, command, expect, fix, proof };
  const names = placesIn(wanted);
  if (service !== undefined) await known(session, service, scenario);
  const about = names.some(isOfService) ? (service ?? fittingService(session, names)) : undefined;
  if (heal && steps.length === 0) throw notHealable(scenario, session);
  const filled = await fillPlaces(wanted, placesOf(session, about), id);
  return {
    id,
    title,
    failure,
    service: about ?? null,
    done: [],
    ...filled,
    fix: heal ? [] : filled.fix,
    undo:
      heal || scenario.heal.length === 0
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

async function carriedOut(
  server: Parameters<typeof breakSandbox>[0],
  target: Powers['target'],
  { id, steps }: BrokenScenario,
): Promise<string[]> {
  const { done, refused } = await breakSandbox(server, { ...placeOf(target), steps });
  if (!refused) return done;
  throw new PlatformError({
    id: 'scenario-refused',
    kind: 'failed',
    message: `Scenario ${id} could not be carried out: step ${done.length + 1} of ${steps.length} was refused with ${refused.code}: ${refused.message}`,
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
