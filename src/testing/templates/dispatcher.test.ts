import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LambdaProcess } from '../../../functions/testing/lambda-process.ts';
import { AwsFault } from '../../sandbox/kernel/fault.ts';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../start-postgres.ts';
import { dispatcherScene, type Message } from './dispatcher-scene.ts';

const PASSWORD = 'c@nary p/w';

if (!postgresPrograms) console.warn('skipped: no PostgreSQL server under /usr/lib/postgresql');

describe.skipIf(!postgresPrograms)('the template of a dispatcher, against a real PostgreSQL server', () => {
  let postgres: RunningPostgres;
  beforeAll(async () => {
    postgres = await startPostgres({ password: PASSWORD });
  }, 60_000);
  afterAll(() => postgres.stop());

  const idOf = ({ body }: Message): string => JSON.parse(body).id;

  it('two schedulers at once hand over every event that is due, once, and none that is not', async () => {
    const { start, schedule, messages, count } = await dispatcherScene(postgres, PASSWORD);
    schedule(600, '-1 minute');
    schedule(50, '1 hour');
    const runners = [start('scheduler', { BATCH_SIZE: '20' }), start('scheduler', { BATCH_SIZE: '20' })];
    const answers = await Promise.all(runners.map((runner) => runner.invoke()));
    const shares = answers.map((answer) => (answer!.result as { dispatched: number }).dispatched);
    expect(shares[0]! + shares[1]!).toBe(600);
    const ids = messages().map(idOf);
    expect(ids).toHaveLength(600);
    expect(new Set(ids).size).toBe(600);
    expect(count('dispatched_at IS NULL')).toBe(50);
    expect(JSON.parse(messages()[0]!.body)).toMatchObject({ kind: 'birthday', payload: { n: expect.any(Number) } });
  });

  it('schedulers and workers that are killed lose nothing, and what is written happens once', async () => {
    const { start, schedule, messages, count, sandbox } = await dispatcherScene(postgres, PASSWORD);
    schedule(400, '-1 minute');
    const alive = new Set<LambdaProcess>();
    let [requests, kills] = [0, 0];
    const kill =
      (when: 'before' | 'after') =>
      ({ operation }: { operation: string }) => {
        if (operation !== 'SendMessageBatch') return undefined;
        if (when === 'before') requests += 1;
        if (kills < 4 && requests >= 6 * (kills + 1) && (when === 'before') === (kills % 2 === 0)) {
          const victim = [...alive][kills % alive.size];
          if (!victim) return undefined;
          kills += 1;
          alive.delete(victim);
          victim.child.kill('SIGKILL');
        }
        return undefined;
      };
    sandbox.watcher = { before: kill('before'), after: kill('after') };
    const runAll = async () => {
      for (;;) {
        const runner = start('scheduler', { BATCH_SIZE: '20' });
        alive.add(runner);
        const answer = await runner.invoke();
        expect(answer?.error).toBeUndefined();
        if (answer && count('dispatched_at IS NULL') === 0) return;
        alive.delete(runner);
        await runner.end();
      }
    };
    await Promise.all([runAll(), runAll()]);
    expect(kills).toBe(4);
    const sent = messages();
    expect(new Set(sent.map(idOf)).size).toBe(400);
    expect(sent.length - 400).toBeLessThanOrEqual(4 * 20);
  });

  it('two workers act once on what comes twice, set aside what is refused for good, and give back what is not', async () => {
    const { start, schedule, messages, count, acts, answers } = await dispatcherScene(postgres, PASSWORD);
    schedule(60, '-1 minute');
    expect(await start('scheduler').invoke()).toMatchObject({
      result: { dispatched: 60, refused: 0, unfinished: false },
    });
    const Records = messages();
    const workers = [start('worker'), start('worker')];
    // Both have everything, in opposite directions, as a queue that brings messages twice may do.
    const both = await Promise.all([
      workers[0]!.invoke({ Records }),
      workers[1]!.invoke({ Records: [...Records].reverse() }),
    ]);
    expect(both.map((answer) => answer?.result)).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
    expect([...acts.values()]).toEqual(Array(60).fill(1));
    expect(count('delivered_at IS NOT NULL')).toBe(60);

    schedule(3, '-1 minute');
    await start('scheduler').invoke();
    const more = messages().slice(60);
    answers.push(410, 503, 200);
    const [, worker] = workers;
    expect(await worker!.invoke({ Records: more })).toEqual({
      result: { batchItemFailures: [{ itemIdentifier: more[1]!.messageId }] },
    });
    expect(count("failed_at IS NOT NULL AND last_error = 'the webhook answered 410'")).toBe(1);
    expect(await worker!.invoke({ Records: more })).toEqual({ result: { batchItemFailures: [] } });
    expect(acts.size).toBe(62);
    expect(await worker!.invoke({ Records: [{ messageId: 'm', body: 'no JSON' }] })).toEqual({
      result: { batchItemFailures: [{ itemIdentifier: 'm' }] },
    });
    expect(worker!.log.join('\n')).not.toContain('c@nary');
  });

  it('a queue that refuses is an error of the run, and nothing is taken for dispatched', async () => {
    const { start, schedule, messages, count, sandbox } = await dispatcherScene(postgres, PASSWORD);
    schedule(5, '-1 minute');
    sandbox.faults.push({ operation: 'SendMessageBatch', with: new AwsFault('AccessDenied', 'no') });
    const runner = start('scheduler', { AWS_MAX_ATTEMPTS: '1' });
    expect(await runner.invoke()).toMatchObject({ error: { message: 'no' } });
    expect(count('dispatched_at IS NOT NULL OR attempts > 0')).toBe(0);
    expect(await runner.invoke({}, 5_000)).toMatchObject({ result: { dispatched: 0, unfinished: true } });
    expect(await runner.invoke()).toMatchObject({ result: { dispatched: 5 } });
    expect(messages()).toHaveLength(5);
  });
});
