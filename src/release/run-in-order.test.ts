import { describe, expect, it } from 'vitest';
import { runInOrder } from './run-in-order.ts';

const item = (id: string, ...after: string[]) => ({ id, after });

describe('running in order', () => {
  it('starts what waits for nothing side by side, and the rest behind (S2-66)', async () => {
    const log: string[] = [];
    await runInOrder([item('service', 'network', 'images'), item('network'), item('images')], async ({ id }) => {
      log.push(`start ${id}`);
      await Promise.resolve();
      log.push(`end ${id}`);
    });
    expect(log).toEqual(['start network', 'start images', 'end network', 'end images', 'start service', 'end service']);
  });

  it('starts nothing new after a failure, lets the rest end, and throws it', async () => {
    const log: string[] = [];
    const running = runInOrder([item('data'), item('slow'), item('service', 'data', 'slow')], async ({ id }) => {
      if (id === 'data') throw new Error('no cluster');
      await Promise.resolve();
      await Promise.resolve();
      log.push(id);
    });
    await expect(running).rejects.toThrow('no cluster');
    expect(log).toEqual(['slow']);
  });

  it('takes what is not among the items for done', async () => {
    const log: string[] = [];
    await runInOrder([item('service', 'network')], async ({ id }) => void log.push(id));
    expect(log).toEqual(['service']);
  });
});
