import type { Session } from '../../context.ts';
import type { Diagnosis } from '../../diagnosis/cause.ts';
import { causeText, firstCause } from '../../diagnosis/diagnosis-text.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { shiftMinutes } from '../../domain/shift-minutes.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Tree } from '../../io/reporter.ts';
import { type Verdict, watchProof } from '../deploy/service-proof.ts';
import { explanation, together, whyServiceFailed } from '../explain-failure.ts';
import { rolloutStopped } from '../flight-recorder/rollout-stopped.ts';
import { type Findings, RolloutWatch } from '../flight-recorder/rollout-watch.ts';
import type { Flight } from '../flight-recorder/stack-flight.ts';
import { takeBackRollout } from '../flight-recorder/take-back-rollout.ts';
import { type HeldLock, heeding } from '../locks/hold-lock.ts';
import { pairOf } from '../traffic/read-traffic.ts';
import { tellAll } from '../traffic/tell-traffic.ts';
import type { Restart } from './plan-restarts.ts';
import { whyTasksStopped } from './why-tasks-stopped.ts';

/** A service of `redeploy --json`. */
export interface RestartedService {
  name: string;
  /** Why it gets fresh tasks. */
  why: string;
  /** Id of the rollout in ECS; null on a dry run that would begin one. */
  deployment: string | null;
  /** Proven: every task is fresh, runs the digest, and is healthy. */
  settled: boolean;
  desired: number;
  running: number;
  /** Null for a worker, and as long as it is not settled. */
  healthy: number | null;
  digest: string | null;
  simulated: boolean;
}

export interface RestartInput {
  wait: boolean;
  forMs: number;
  lock: HeldLock;
  flight: Flight;
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target'>;
type Watch = { verdict: Verdict; findings: Findings; hopeless: boolean; replaced: boolean };
type Ended = Watch & { restart: Restart; deployment: string };

/** Begins a rollout per service, side by side, and watches them to proof. What failed does not stop the others. */
export async function restartServices(
  session: Powers,
  restarts: readonly Restart[],
  { wait, forMs, lock, flight }: RestartInput,
): Promise<RestartedService[]> {
  const { aws, environment, reporter, signal } = session;
  const begin = async ({ rollout, cluster, serviceName }: Restart): Promise<string> => {
    lock.check();
    return rollout ?? (await aws.ecs.forceNewDeployment(cluster, serviceName));
  };
  if (!wait) {
    const begun = await Promise.all(restarts.map(async (one) => ({ one, deployment: await begin(one) })));
    return begun.map(({ one, deployment }) => described(one, deployment));
  }
  const ended = await reporter
    .tree(`Replacing tasks in ${environment.name}`, (tree) =>
      heeding(session, lock, (waking) =>
        Promise.all(
          restarts.map(async (restart): Promise<Ended> => {
            tree.row(restart.name, { title: restart.name, state: 'running' });
            const deployment = await begin(restart);
            return { restart, deployment, ...(await watch(waking, { restart, deployment, forMs, tree, flight })) };
          }),
        ),
      ),
    )
    .catch((error: unknown) => Promise.reject(signal.aborted ? left(environment) : error));
  await refuseUnproven(session, ended, flight.recorder.id);
  const moved = ended.filter(({ restart }) => pairOf(restart.service.loadBalancers));
  const { region } = session.target;
  const stacks = moved.map(({ restart: { name, stackName } }) => ({ id: `service-${name}`, region, stackName }));
  // The tasks are proven: who may not change stacks leaves it to the next deployment, which tells first of all.
  await tellAll(session, stacks).catch((error: unknown) => {
    if (!(error instanceof PlatformError)) throw error;
    session.reporter.warn(`${error.message}; fix: ${error.remedy}`);
  });
  return ended.map(({ restart, deployment, verdict }) => ({
    ...described(restart, deployment),
    ...('proven' in verdict ? { ...verdict.proven, settled: true, healthy: verdict.proven.healthy ?? null } : {}),
  }));
}

type Watched = Pick<RestartInput, 'forMs' | 'flight'> & { restart: Restart; deployment: string; tree: Tree };

async function watch(session: Powers, watched: Watched): Promise<Watch> {
  const { restart, deployment, forMs, tree, flight } = watched;
  const { name, cluster, serviceName, targetGroupArn, definition, service } = restart;
  const row = (state: 'running' | 'done' | 'failed', detail: string) => tree.row(name, { title: name, state, detail });
  const before = new Set((service.deployments ?? []).map(({ id = '' }) => id).filter((id) => id !== deployment));
  const rollout = new RolloutWatch(
    { ...session, recorder: flight.recorder },
    { name, cluster, serviceName, before, own: deployment, ...flight, say: (detail) => row('running', detail) },
  );
  const takenBack = takeBackRollout(session, {
    name,
    cluster,
    serviceName,
    deployment,
    before,
    rollout,
    recorder: flight.recorder,
  });
  let isOver = false;
  try {
    const verdict = await watchProof(
      session,
      {
        name,
        cluster,
        serviceName,
        ...(targetGroupArn ? { targetGroupArn } : {}),
        image: definition?.containerDefinitions?.[0]?.image ?? '',
        deployment,
      },
      { forMs: forMs + shiftMs(session, name) },
    );
    const { replaced } = await takenBack.end();
    isOver = true;
    const findings = await rollout.finish({ failed: !('proven' in verdict) });
    if ('proven' in verdict) row('done', `${verdict.proven.running}/${verdict.proven.desired} fresh tasks`);
    else row('failed', verdict.why);
    return { verdict, findings, hopeless: rollout.hopeless.aborted, replaced };
  } finally {
    if (!isOver) await rollout.finish({ failed: false });
  }
}

/** Throws with everything that is not proven at once. */
async function refuseUnproven(session: Powers, ended: readonly Ended[], run: string): Promise<void> {
  const open = ended.flatMap(({ verdict, ...rest }) => ('proven' in verdict ? [] : [{ ...rest, verdict }]));
  const failed = open.filter(({ verdict }) => verdict.final);
  const flags = environmentFlags(session.environment);
  const [stopped] = failed.filter(({ hopeless, replaced }) => hopeless && !replaced);
  if (stopped) {
    const { findings, restart } = stopped;
    const others = failed.filter((one) => one !== stopped).map((one) => `${one.restart.name}: ${one.verdict.why}`);
    throw rolloutStopped({ sick: restart.name, ...findings, state: others.join('; '), run });
  }
  if (failed.length > 0) {
    const told = await Promise.all(
      failed.map(async ({ restart, deployment, verdict, replaced }) => {
        const { name } = restart;
        const place = sickService(restart, deployment);
        const diagnosis = await whyServiceFailed(session, place);
        const cause = firstCause(diagnosis);
        const back =
          replaced || verdict.replaced
            ? 'another rollout has taken the place of this one, and was left alone'
            : verdict.over
              ? 'ECS went back to the tasks before'
              : 'it is not what was asked for';
        const why = cause ? [causeText(cause)] : [verdict.why, ...(await whyTasksStopped(session.aws, place))];
        const problem: Problem = {
          severity: 'error',
          path: `services.${name}`,
          message: `${name}: ${back}: ${why.join('; ')}`,
          remedy: cause?.remedy ?? `platform status ${flags} shows what runs; platform events ${flags} what happened`,
        };
        return { problem, diagnosis };
      }),
    );
    throw notProven(
      session.environment.name,
      failed.map(({ restart }) => restart.name),
      told.map(({ problem }) => problem),
      together(told.map(({ diagnosis }) => diagnosis)),
    );
  }
  if (open.length > 0) {
    const sick = open.map(({ restart, deployment }) => whyServiceFailed(session, sickService(restart, deployment)));
    throw notOver(
      open.map(({ restart, verdict }) => `${restart.name}: ${verdict.why}`),
      flags,
      together(await Promise.all(sick)),
    );
  }
}

/** ECS takes its time over the requests beside what tasks need to start. */
const shiftMs = ({ environment }: Powers, name: string): number => {
  const rollout = environment.blocks.services[name]?.rollout;
  return rollout ? shiftMinutes(rollout) * 60_000 : 0;
};

const sickService = ({ name, cluster, serviceName, targetGroupArn }: Restart, deployment: string) => ({
  name,
  cluster,
  serviceName,
  deployment,
  ...(targetGroupArn ? { targetGroupArn } : {}),
});

/** Before it is proven, or begun. */
export const described = ({ name, why, service }: Restart, deployment: string | undefined): RestartedService => ({
  name,
  why,
  deployment: deployment ?? null,
  settled: false,
  desired: service.desiredCount ?? 0,
  running: service.runningCount ?? 0,
  healthy: null,
  digest: null,
  simulated: false,
});

const notProven = (environment: string, names: readonly string[], problems: readonly Problem[], diagnosis: Diagnosis) =>
  new PlatformError({
    id: 'redeploy-not-proven',
    kind: 'failed',
    message:
      names.length === 1 ? problems[0]!.message : `${names.join(', ')} of ${environment} did not get fresh tasks`,
    remedy: problems[0]!.remedy,
    problems,
    ...explanation(diagnosis),
  });

const notOver = (services: readonly string[], flags: string, diagnosis: Diagnosis) =>
  new PlatformError({
    id: 'redeploy-not-over',
    kind: 'pending',
    message: `Time ran out, and ECS goes on: ${services.join('; ')}`,
    remedy: `platform status ${flags} shows how far it is; a longer --timeout waits longer`,
    ...explanation(diagnosis),
  });

const left = (environment: Session['environment']) =>
  new PlatformError({
    id: 'redeploy-left',
    kind: 'pending',
    message: `Stopped watching; the tasks in ${environment.name} are being replaced all the same`,
    remedy: `platform status ${environmentFlags(environment)} shows how far it is`,
  });
