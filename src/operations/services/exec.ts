import type { Task } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { shellText } from '../../domain/shell-words.ts';
import { isSimulated } from '../../domain/task-images.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { pluginVersion, startPlugin } from '../../process/session-plugin.ts';
import { stateOf } from '../state-of.ts';
import { taskIdOf } from '../tasks/run-one-off.ts';
import { chosenServices, type DeployedService, deployedServices } from './deployed-services.ts';
import { type ExecLink, execChain } from './exec-chain.ts';
import { freshTasksInstead, runInstead } from './exec-way-out.ts';

export interface ExecInput {
  service: string;
  /** Absent: a shell. */
  command?: readonly string[];
  /** Absent: the newest task. */
  task?: string;
  /** Looks at the chain, and opens nothing. */
  check: boolean;
}

/** The contract of `exec --json`. */
export interface ExecOutcome {
  environment: string;
  service: string;
  task: string;
  /** Of the plugin; null when no session was opened. */
  exitCode: number | null;
  seconds: number;
  simulated: boolean;
  links: ExecLink[];
  dryRun: boolean;
}

const SHELL = '/bin/sh';

/**
 * Opens a session in a running task. Looks at the whole chain first: AWS has one sentence for all that may be wrong with
 * it (F-59). Answers with what was found, and with what keeps the session from being opened.
 */
export async function exec(
  session: Session,
  { service: name, command, task: wanted, check }: ExecInput,
): Promise<{ outcome: ExecOutcome; failure?: PlatformError }> {
  const first = await lookAt(session, name, wanted);
  const link = check ? undefined : weakestOf(first.links);
  if (!link) return open(session, { ...first, name, command, check });
  const switchedOn = first.configured && (first.place.service.enableExecuteCommand ?? false);
  if (await freshTasksInstead(session, { service: name, link, switchedOn }))
    return open(session, { ...(await lookAt(session, name, undefined)), name, command, check });
  const instead = command && (await runInstead(session, { service: name, link, command }));
  if (!instead) return open(session, { ...first, name, command, check });
  const { task, exitCode, seconds, simulated, dryRun } = instead.outcome;
  const outcome = { ...outcomeOf(session, name, first), task: task ?? '', exitCode, seconds, simulated, dryRun };
  return { outcome, ...(instead.failure ? { failure: instead.failure } : {}) };
}

interface Looked {
  place: DeployedService;
  task: Task;
  plugin: string | undefined;
  configured: boolean;
  links: ExecLink[];
}

function lookAt(session: Session, name: string, wanted: string | undefined): Promise<Looked> {
  const { environment, reporter, variables } = session;
  return reporter.step(`Looking at ${name} in ${environment.name}`, async () => {
    const deployed = await deployedServices(session, (await stateOf(session)).state);
    const [place] = chosenServices(session, deployed, [name]);
    const task = await chooseTask(session, place!, wanted);
    const plugin = await pluginVersion(variables);
    const configured = environment.blocks.services[name]?.exec ?? false;
    const links = await execChain(session, { name, configured, service: place!.service, task, plugin });
    return { place: place!, task, plugin, configured, links };
  });
}

const weakestOf = (links: readonly ExecLink[]): ExecLink | undefined => links.find(({ status }) => status === 'broken');

const outcomeOf = ({ environment, flags }: Session, service: string, { task, links }: Looked): ExecOutcome => ({
  environment: environment.name,
  service,
  task: taskIdOf(task),
  exitCode: null,
  seconds: 0,
  simulated: isSimulated(task),
  links,
  dryRun: flags.dryRun,
});

async function open(
  session: Session,
  input: Looked & { name: string; command: readonly string[] | undefined; check: boolean },
): Promise<{ outcome: ExecOutcome; failure?: PlatformError }> {
  const { aws, clock, flags, reporter, target, variables } = session;
  const { name, command = [SHELL], check, place, task, links } = input;
  const id = taskIdOf(task);
  const closed = outcomeOf(session, name, input);
  const weakest = weakestOf(links);
  if (weakest) return { outcome: closed, failure: brokenChain(name, weakest) };
  if (check) return { outcome: closed };
  if (closed.simulated) return { outcome: closed, failure: nothingRuns(name) };
  const container = task.containers![0]!;
  if (target.sandbox) return { outcome: closed, failure: noSessionsHere(name, container.runtimeId ?? '', command) };
  if (flags.dryRun) {
    reporter.note(`would open ${shellText(command)} in task ${id} of ${name}`);
    return { outcome: closed };
  }

  const opened = await aws.ecs.executeCommand({
    cluster: place.cluster,
    task: id,
    container: container.name!,
    command: shellText(command),
  });
  if (!opened) return { outcome: closed, failure: notConnected(name, id) };
  const from = clock.now();
  const exitCode = await startPlugin(
    {
      session: opened,
      region: target.region,
      request: { Target: `ecs:${place.cluster}_${id}_${container.runtimeId}` },
      endpoint: target.endpoint ?? `https://ecs.${target.region}.amazonaws.com`,
    },
    { variables, quiet: flags.json },
  );
  const seconds = Math.round((clock.now() - from) / 100) / 10;
  return {
    outcome: { ...closed, exitCode, seconds },
    ...(exitCode === 0 ? {} : { failure: pluginFailed(name, exitCode) }),
  };
}

/** The newest task that runs, and rather one that lets somebody in. */
async function chooseTask(
  { aws }: Pick<Session, 'aws'>,
  { name, cluster, serviceName }: DeployedService,
  wanted: string | undefined,
): Promise<Task> {
  const running = await aws.ecs.tasks(cluster, { service: serviceName, desiredStatus: 'RUNNING' });
  const candidates = running
    .filter((task) => wanted === undefined || taskIdOf(task).startsWith(wanted))
    .filter(({ lastStatus }) => lastStatus === 'RUNNING')
    .sort(
      (a, b) =>
        Number(b.enableExecuteCommand ?? false) - Number(a.enableExecuteCommand ?? false) ||
        (b.startedAt?.getTime() ?? 0) - (a.startedAt?.getTime() ?? 0),
    );
  const [task] = candidates;
  if (!task) throw noTask(name, wanted, running.filter(({ lastStatus }) => lastStatus === 'RUNNING').map(taskIdOf));
  return task;
}

const noTask = (service: string, wanted: string | undefined, running: readonly string[]) =>
  new PlatformError({
    id: 'exec-no-task',
    kind: 'failed',
    message: wanted ? `No running task of ${service} begins with ${wanted}` : `No task of ${service} runs`,
    remedy: `${running.length > 0 ? `these run: ${running.join(', ')}; ` : ''}platform logs ${service} --stopped shows why tasks died; platform run ${service} -- <command> starts one of its own`,
  });

const brokenChain = (service: string, { title, detail, remedy }: ExecLink) =>
  new PlatformError({
    id: 'exec-chain-broken',
    kind: 'failed',
    message: `No session can be opened in ${service}, because this does not hold: ${title}. Seen: ${detail}`,
    remedy: `${remedy}. A command without a terminal needs none of it: platform run ${service} -- <command>`,
    details: { failure: 'F-59' },
  });

const nothingRuns = (service: string) =>
  new PlatformError({
    id: 'exec-simulated',
    kind: 'failed',
    message: `Nothing runs to connect to: the task of ${service} is simulated, because the sandbox found no container engine`,
    remedy: 'start docker or podman, then platform redeploy; on a real account this opens a session',
  });

const noSessionsHere = (service: string, container: string, command: readonly string[]) =>
  new PlatformError({
    id: 'exec-in-sandbox',
    kind: 'failed',
    message: `The sandbox has no Session Manager to reach ${service} through; its container runs on this machine`,
    remedy: `docker exec -it ${container} ${shellText(command)}`,
  });

const notConnected = (service: string, task: string) =>
  new PlatformError({
    id: 'exec-not-connected',
    kind: 'failed',
    message: `AWS does not reach the agent in task ${task} of ${service}, although everything that we could look at is right`,
    remedy: `platform redeploy ${service} gives it fresh tasks; platform run ${service} -- <command> needs no session`,
  });

const pluginFailed = (service: string, exitCode: number) =>
  new PlatformError({
    id: 'exec-session-failed',
    kind: 'failed',
    message: `The session in ${service} ended with exit code ${exitCode} of session-manager-plugin`,
    remedy: `platform exec ${service} --check looks at the whole chain again`,
  });
