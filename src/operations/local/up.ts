import { requireSound } from '../../config/require-sound.ts';
import type { Context, Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { EMULATOR, POSTGRES } from '../../release/compose-file.ts';
import { controlSandbox } from '../../sandbox/connect.ts';
import { outputs } from '../outputs.ts';
import { awaitContainer } from './await-containers.ts';
import { chooseLocal } from './choose-local.ts';
import { type Compose, openCompose } from './compose.ts';
import { type LocalPlan, localPlan, needsContainers } from './local-plan.ts';
import { type LocalUrl, localUrls } from './local-urls.ts';
import { startServices } from './start-services.ts';
import { groundOf, writeCompose } from './write-compose.ts';

/** The contract of `local up --json`. */
export interface LocalUpOutcome {
  environment: string;
  /** What it lives on; null: an endpoint of which nobody has said what answers there. */
  emulator: string | null;
  /** The Compose file; null where no container is wanted. */
  file: string | null;
  containers: string[];
  urls: LocalUrl[];
  dryRun: boolean;
}

/**
 * Starts what the environment lives on, brings it to what is configured by an ordinary deployment, and runs its
 * services beside it. Running it again goes on from wherever it was, and changes only what differs.
 */
export async function localUp(context: Context, { rebuild }: { rebuild: boolean }): Promise<LocalUpOutcome> {
  const { flags, reporter } = context;
  const { project, environment, open } = await chooseLocal(context);
  requireSound(environment);
  const plan = localPlan(project, environment);
  const compose = needsContainers(plan) ? await openCompose(context, plan) : undefined;
  const common = {
    environment: environment.name,
    emulator: environment.emulator ?? null,
    file: compose ? plan.file : null,
    containers: containersOf(plan),
    dryRun: flags.dryRun,
  };
  if (flags.dryRun) {
    reporter.note(`would start ${common.containers.join(', ') || 'no container'}, then platform deploy`);
    return { ...common, urls: [] };
  }
  if (compose) await startGround(context, compose, { environment, plan });
  const session = await open();
  await keepSandbox(session);
  await provision(session);
  if (compose) await startServices(session, compose, { project, plan, rebuild });
  const told = await outputs(session);
  const endpoint = session.target.endpoint;
  return { ...common, urls: localUrls({ project, environment, plan, endpoint, outputs: told }) };
}

const containersOf = ({ emulator, postgres, services }: LocalPlan): string[] => [
  ...(emulator ? ['emulator'] : []),
  ...(postgres ? ['postgres'] : []),
  ...services,
];

/** Emulator and database, until they answer. Services that run already go on. */
async function startGround(
  context: Context,
  compose: Compose,
  { environment, plan }: { environment: Session['environment']; plan: LocalPlan },
): Promise<void> {
  const { emulator, postgres } = plan;
  const ground = [...(emulator ? [EMULATOR] : []), ...(postgres ? [POSTGRES] : [])];
  if (ground.length === 0) return;
  await context.reporter.step('Starting what the environment lives on', async (update) => {
    await writeCompose(compose, plan, groundOf(environment, plan));
    await compose.run(['up', '--detach', ...ground]);
    if (postgres) {
      update('PostgreSQL');
      await awaitContainer(context, compose, { container: POSTGRES, title: 'PostgreSQL' });
    }
    if (emulator) {
      update('the emulator');
      const url = new URL(`http://127.0.0.1:${emulator.ports.machine}/`);
      await awaitContainer(context, compose, { container: EMULATOR, title: 'The emulator', url });
    }
  });
}

/** What others are told the address of must not end because nobody asked for a while. */
async function keepSandbox({ environment, sandboxServer }: Session): Promise<void> {
  if (environment.emulator !== 'sandbox' || environment.endpoint !== undefined) return;
  await controlSandbox(await sandboxServer(), 'configure', { idleMinutes: 0 });
}

/** By an ordinary deployment: nothing is provisioned in a way of its own, so nothing can differ from AWS by that. */
async function provision(session: Session): Promise<void> {
  const exitCode = await session.platform(['deploy', '--yes']);
  if (exitCode === 0) return;
  session.signal.throwIfAborted();
  throw new PlatformError({
    id: 'local-not-provisioned',
    kind: 'failed',
    message: `The deployment to ${session.environment.name} ended with exit code ${exitCode}; what it lives on goes on running`,
    remedy: `correct what is said above, then platform local up --env ${session.environment.name} goes on from there`,
  });
}
