import type { RunningPostgres } from '../../../src/testing/start-postgres.ts';
import type { Bundle } from '../../testing/bundle-function.ts';
import { type Invocation, LambdaProcess } from '../../testing/lambda-process.ts';
import { outboxScene } from './outbox-scene.ts';

export interface Trial {
  events: number;
  aggregates: number;
  publishers: number;
  /** SIGKILLs, spread over the whole. */
  kills: number;
  batchSize: number;
}

export interface Findings {
  seconds: number;
  kills: number;
  lost: number;
  /** Arrivals beyond the first of an event. */
  duplicates: number;
  /** First arrivals that came before an earlier event of their aggregate. */
  outOfOrder: number;
  unpublishedRows: number;
}

/**
 * Publishers in processes of their own empty an outbox; again and again one is killed while AWS works at a request,
 * before it or right after it, and another takes its place.
 */
export async function publishUnderKills(
  postgres: RunningPostgres,
  password: string,
  bundle: Bundle,
  trial: Trial,
): Promise<Findings> {
  const scene = await outboxScene(postgres, password);
  const { events, aggregates } = trial;
  postgres.psql(
    `INSERT INTO events_outboxevent (aggregate_id, event_type, payload)
     SELECT 'a' || n % ${aggregates}, 'Placed', jsonb_build_object('n', n / ${aggregates}, 'text', repeat('x', 200))
     FROM generate_series(0, ${events - 1}) n; ANALYZE events_outboxevent`,
  );
  const env = { ...scene.env, BATCH_SIZE: String(trial.batchSize), AWS_EC2_METADATA_DISABLED: 'true' };
  const alive = new Set<LambdaProcess>();
  let kills = 0;
  let requests = 0;
  // A request has ten events where as many aggregates wait, so the last kill comes well before the end.
  const every = Math.max(1, Math.floor(events / 10 / (trial.kills + 1)));
  const killSometimes = (when: 'before' | 'after') => {
    if (kills >= trial.kills || requests < every * (kills + 1) || (when === 'before') !== (kills % 2 === 0)) return;
    const victim = [...alive][kills % alive.size];
    if (!victim) return;
    kills += 1;
    alive.delete(victim);
    victim.child.kill('SIGKILL');
  };
  scene.sandbox.watcher = {
    before: ({ operation }) => {
      if (operation === 'PutEvents') {
        requests += 1;
        killSometimes('before');
      }
      return undefined;
    },
    after: ({ operation }) => {
      if (operation === 'PutEvents') killSometimes('after');
      return undefined;
    },
  };

  const started = performance.now();
  try {
    await Promise.all(Array.from({ length: trial.publishers }, () => publishAll(bundle, env, alive)));
    const seconds = (performance.now() - started) / 1000;
    return { seconds, kills, ...judge(scene.arrived(), trial), unpublishedRows: unpublished(postgres) };
  } finally {
    for (const lambda of alive) await lambda.end();
    await scene.close();
  }
}

/** Invokes until nothing waits; a process that is gone is replaced. */
async function publishAll(bundle: Bundle, env: Record<string, string>, alive: Set<LambdaProcess>): Promise<void> {
  let lambda: LambdaProcess | undefined;
  for (;;) {
    if (!lambda || !alive.has(lambda)) {
      lambda = new LambdaProcess(bundle.file, env);
      alive.add(lambda);
    }
    const answer: Invocation | undefined = await lambda.invoke();
    if (answer?.error) throw new Error(`${answer.error.message}\n${lambda.log.slice(-5).join('\n')}`);
    if (answer && (answer.result as { oldestSeconds?: number }).oldestSeconds === undefined) return;
  }
}

function judge(
  arrived: readonly { id: string; aggregate: string | undefined; detail: Record<string, unknown> }[],
  { events }: Trial,
) {
  const seen = new Set<string>();
  const last = new Map<string, number>();
  let outOfOrder = 0;
  for (const { id, aggregate = '', detail } of arrived) {
    if (seen.has(id)) continue;
    seen.add(id);
    const number = detail.n as number;
    if (number !== (last.get(aggregate) ?? -1) + 1) outOfOrder += 1;
    last.set(aggregate, number);
  }
  return { lost: events - seen.size, duplicates: arrived.length - seen.size, outOfOrder };
}

const unpublished = (postgres: RunningPostgres): number =>
  Number(postgres.psql('SELECT count(*) FROM events_outboxevent WHERE published_at IS NULL OR attempts <> 1'));
