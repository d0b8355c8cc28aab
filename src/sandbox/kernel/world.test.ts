import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defineTable } from './scope.ts';
import { World } from './world.ts';

const notes = defineTable<{ text: string }>('test.notes');
const scopeOf = (world: World) => ({ world, account: '111111111111', region: 'us-east-1' });
const open = (directory?: string, log: string[] = []) => {
  const world = new World({
    ...(directory ? { directory } : {}),
    timerHandler: async () => (payload, scope) => {
      log.push(`${payload} at ${scope.world.clock.now()}`);
      notes.in(scope).put(payload, { text: payload });
    },
  });
  return world;
};

describe('world', () => {
  it('runs timers in order of virtual time and jumps over the waiting', async () => {
    const log: string[] = [];
    const world = open(undefined, log);
    await world.transaction(() => {
      world.schedule(scopeOf(world), { afterMs: 8 * 60_000, kind: 'test.note', payload: 'aurora' });
      world.schedule(scopeOf(world), { afterMs: 1_000, kind: 'test.note', payload: 'queue' });
    });
    await world.settle();
    expect(log).toEqual(['queue at 1000', 'aurora at 480000']);
    expect(world.busy).toBe(false);
  });

  it('keeps to the real clock as long as something really happens', async () => {
    const log: string[] = [];
    const world = open(undefined, log);
    const begun = performance.now();
    const release = world.hold();
    await world.transaction(() => {
      world.schedule(scopeOf(world), { afterMs: 3_600_000, kind: 'test.note', payload: 'grace' });
    });
    const settled = world.settle();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await world.transaction(() => undefined);
    expect(world.clock.now()).toBeLessThanOrEqual(performance.now() - begun);
    expect({ busy: world.busy, log }).toEqual({ busy: true, log: [] });
    release();
    await settled;
    expect(log).toEqual(['grace at 3600000']);
  });

  it('does not let background timers make time pass, but runs them when it has', async () => {
    const log: string[] = [];
    const world = open(undefined, log);
    await world.transaction(
      () =>
        void world.schedule(scopeOf(world), {
          afterMs: 1_000,
          kind: 'test.note',
          payload: 'evidence',
          background: true,
        }),
    );
    await world.settle();
    expect(log).toEqual([]);
    await world.advance(1_000);
    expect(log).toEqual(['evidence at 1000']);
  });

  it('takes back everything of a refused call', async () => {
    const world = open();
    const table = notes.in(scopeOf(world));
    await world.transaction(() => void table.put('a', { text: 'kept' }));
    await expect(
      world.transaction(() => {
        table.put('a', { text: 'lost' });
        table.put('b', { text: 'lost' });
        throw new Error('refused');
      }),
    ).rejects.toThrow('refused');
    expect(table.entries()).toEqual([['a', { text: 'kept' }]]);
  });

  it('refuses changes that would not be kept', async () => {
    const world = open();
    const table = notes.in(scopeOf(world));
    await world.transaction(() => void table.put('a', { text: 'one' }));
    expect(() => {
      table.get('a')!.text = 'two';
    }).toThrow(TypeError);
  });

  it('finds rows, time and timers again after a restart', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'world-'));
    const first = open(directory);
    first.pause();
    await first.transaction(() => {
      notes.in(scopeOf(first)).put('a', { text: 'one' });
      first.schedule(scopeOf(first), { afterMs: 5_000, kind: 'test.note', payload: 'later' });
    });
    await first.close();

    const log: string[] = [];
    const second = open(directory, log);
    expect(notes.in(scopeOf(second)).get('a')).toEqual({ text: 'one' });
    await second.settle();
    expect(log).toEqual(['later at 5000']);
    await second.close();
  });

  it('refuses rows that a program of another format wrote, in either file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'world-'));
    const first = open(directory);
    await first.transaction(() => void notes.in(scopeOf(first)).put('a', { text: 'one' }));
    await first.close();
    const journal = readFileSync(join(directory, 'journal.ndjson'), 'utf8');
    for (const [file, head, format] of [
      ['journal.ndjson', '{"generation":0}', 'unknown'],
      ['journal.ndjson', '{"format":999,"generation":0}', '999'],
      ['journal.ndjson', 'not a line of ours', 'unknown'],
      ['state.ndjson', '{"format":999,"generation":3}', '999'],
    ] as const) {
      writeFileSync(join(directory, 'journal.ndjson'), journal);
      writeFileSync(join(directory, file), `${head}\n["rows"]\n`);
      expect(() => open(directory)).toThrow(`format ${format}`);
      expect(readFileSync(join(directory, file), 'utf8')).toContain('["rows"]');
    }
  });

  it('keeps what was asked before it closed, refuses what comes after, and sweeps bytes that no row names', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'world-'));
    const first = open(directory);
    const [kept, loose] = [Buffer.from('kept'), Buffer.from('loose')].map((bytes) => first.blobs.put(bytes)) as [
      string,
      string,
    ];
    const late = first.transaction(() => void notes.in(scopeOf(first)).put('a', { text: kept }));
    const closed = first.close();
    await expect(first.transaction(() => undefined)).rejects.toThrow('closed');
    await Promise.all([late, closed]);

    const second = open(directory);
    expect(notes.in(scopeOf(second)).get('a')).toEqual({ text: kept });
    expect(second.blobs.get(kept).toString()).toBe('kept');
    expect(() => second.blobs.get(loose)).toThrow(/ENOENT/);
    await second.close();
  });

  it('all but stands still where it is that slow, however far away the next timer is', async () => {
    const log: string[] = [];
    const world = new World({ speed: 1e-6, timerHandler: async () => (payload) => void log.push(payload) });
    await world.transaction(
      () => void world.schedule(scopeOf(world), { afterMs: 60_000, kind: 'test.note', payload: 'done' }),
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    await world.transaction(() => undefined);
    expect({ log, passed: Math.round(world.clock.now()) }).toEqual({ log: [], passed: 0 });
    await world.close();
  });

  it('changes its speed while time runs', async () => {
    const log: string[] = [];
    const world = new World({ speed: 1, timerHandler: async () => (payload) => void log.push(payload) });
    await world.transaction(
      () => void world.schedule(scopeOf(world), { afterMs: 3_600_000, kind: 'test.note', payload: 'done' }),
    );
    expect(log).toEqual([]);
    await world.setSpeed(Number.POSITIVE_INFINITY);
    await world.settle();
    expect(log).toEqual(['done']);
    await world.close();
  });
});
