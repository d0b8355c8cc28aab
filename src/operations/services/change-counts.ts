import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import type { Session } from '../../context.ts';
import type { Diagnosis } from '../../diagnosis/cause.ts';
import { causeText, firstCause } from '../../diagnosis/diagnosis-text.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { explanation, together, whyServiceFailed } from '../explain-failure.ts';
import type { Flight } from '../flight-recorder/stack-flight.ts';
import { watchUntilProven } from '../flight-recorder/watch-until-proven.ts';
import { type HeldLock, heeding } from '../locks/hold-lock.ts';
import { chosenServices, type DeployedService, deployedServices } from './deployed-services.ts';

/** A service, and what decides how many tasks it runs. */
export interface ScaledService extends DeployedService {
  /** Undefined where nothing scales it. */
  scaling: ScalableTarget | undefined;
}

/** A service of `scale --json`, `pause --json` and `resume --json`. */
export interface CountedService {
  name: string;
  before: Counts;
  after: Counts;
  /** That many tasks run, of the right image, healthy. */
  settled: boolean;
  running: number;
}

export interface Counts {
  desired: number;
  /** Null where nothing scales the service. */
  min: number | null;
  max: number | null;
}

export async function scaledServices(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  state: EnvironmentState,
  names: readonly string[] | undefined,
): Promise<ScaledService[]> {
  const chosen = chosenServices(session, await deployedServices(session, state), names);
  return Promise.all(
    chosen.map(async (one) => ({
      ...one,
      scaling: await session.aws.applicationAutoScaling.target(one.cluster, one.serviceName),
    })),
  );
}

export const countsOf = ({ service, scaling }: ScaledService): Counts => ({
  desired: service.desiredCount ?? 0,
  min: scaling?.MinCapacity ?? null,
  max: scaling?.MaxCapacity ?? null,
});

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target'>;

export interface CountsWatch {
  services: readonly ScaledService[];
  forMs: number;
  lock: Pick<HeldLock, 'heed'>;
  /** Absent: no task is to come up. */
  flight?: Flight;
}

/** Watches services side by side until as many tasks run as they are to have, healthy; answers with how many run. */
export async function watchCounts(
  session: Powers,
  title: string,
  { services, forMs, lock, flight }: CountsWatch,
): Promise<Map<string, number>> {
  const { aws, environment, reporter, signal } = session;
  const flags = environmentFlags(environment);
  const verdicts = await reporter
    .tree(title, (tree) =>
      heeding(session, lock, (waking) =>
        Promise.all(
          services.map(async ({ name, cluster, serviceName, targetGroupArn, service }) => {
            const definition = await aws.ecs.taskDefinition(service.taskDefinition!);
            const image = definition?.containerDefinitions?.[0]?.image ?? '';
            const place = { name, cluster, serviceName, ...(targetGroupArn ? { targetGroupArn } : {}), image };
            let counts = '';
            let trouble = '';
            const row = () =>
              tree.row(name, { title: name, state: 'running', detail: [counts, trouble].filter(Boolean).join('; ') });
            const { verdict, findings } = await watchUntilProven(waking, place, {
              forMs,
              flight,
              look: ({ runningCount, desiredCount }) => {
                counts = `${runningCount}/${desiredCount} tasks run`;
                row();
              },
              // Its own counts are those of the service, which stand there already.
              say: (detail) => {
                trouble = detail.split('; ').slice(1).join('; ');
                row();
              },
            });
            const isProven = 'proven' in verdict;
            const detail = isProven
              ? `${verdict.proven.running} ${verdict.proven.running === 1 ? 'task' : 'tasks'}`
              : verdict.why;
            tree.row(name, { title: name, state: isProven ? 'done' : 'failed', detail });
            return { name, verdict, findings, place };
          }),
        ),
      ),
    )
    .catch((error: unknown) => Promise.reject(signal.aborted ? left(environment.name, flags) : error));
  const open = verdicts.flatMap(({ verdict, ...one }) => ('proven' in verdict ? [] : [{ ...one, ...verdict }]));
  if (open.length > 0) {
    const told = await Promise.all(
      open.map(async ({ name, why, findings, place }) => {
        const diagnosis = !flight || findings?.convicted ? findings : await whyServiceFailed(session, place);
        const cause = diagnosis && firstCause(diagnosis);
        return { text: `${name}: ${cause ? causeText(cause) : why}`, diagnosis: diagnosis ?? NOTHING };
      }),
    );
    const texts = told.map(({ text }) => text);
    const diagnosis = together(told.map((one) => one.diagnosis));
    throw open.some(({ final }) => final) ? notProven(texts, flags, diagnosis) : notOver(texts, flags, diagnosis);
  }
  return new Map(verdicts.map(({ name, verdict }) => [name, 'proven' in verdict ? verdict.proven.running : 0]));
}

const NOTHING: Diagnosis = { causes: [], unseen: [] };

const notProven = (texts: readonly string[], flags: string, diagnosis: Diagnosis) =>
  new PlatformError({
    id: 'counts-not-proven',
    kind: 'failed',
    message: `The counts are changed, and what runs is not what it should be: ${texts.join('; ')}`,
    remedy: [
      firstCause(diagnosis)?.remedy,
      `platform status ${flags} shows what runs; platform events ${flags} what happened`,
    ]
      .filter(Boolean)
      .join('; '),
    ...explanation(diagnosis),
  });

const notOver = (texts: readonly string[], flags: string, diagnosis: Diagnosis) =>
  new PlatformError({
    id: 'counts-not-over',
    kind: 'pending',
    message: `Time ran out, and ECS goes on: ${texts.join('; ')}`,
    remedy: `platform status ${flags} shows how far it is`,
    ...explanation(diagnosis),
  });

const left = (environment: string, flags: string) =>
  new PlatformError({
    id: 'counts-left',
    kind: 'pending',
    message: `Stopped watching; the counts in ${environment} are changed, and ECS goes on`,
    remedy: `platform status ${flags} shows how far it is`,
  });
