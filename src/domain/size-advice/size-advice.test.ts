import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFargateSize } from '../fargate-sizes.ts';
import { ENOUGH_HOURS, percentile } from './advice.ts';
import { instanceAdvice, serverlessAdvice } from './database-advice.ts';
import { functionAdvice } from './function-advice.ts';
import { serviceAdvice } from './service-advice.ts';

const hours = (average: number, maximum = average, count = 200) =>
  Array.from({ length: count }, () => ({ average, maximum, minimum: average }));

describe('the memory of a function (S4-166)', () => {
  it.each([
    ['far too much', { memory: 1024, calls: 500, usedMb: 90 }, 'smaller', { memory: 128 }],
    ['too much', { memory: 1024, calls: 500, usedMb: 300 }, 'smaller', { memory: 448 }],
    ['about right', { memory: 512, calls: 500, usedMb: 350 }, 'fits', null],
    ['nearly all of it', { memory: 512, calls: 500, usedMb: 500 }, 'larger', { memory: 704 }],
    ['the least there is', { memory: 128, calls: 500, usedMb: 40 }, 'fits', null],
    ['the most there is', { memory: 10_240, calls: 500, usedMb: 10_000 }, 'fits', null],
    ['a few calls', { memory: 1024, calls: 99, usedMb: 90 }, 'too-little', null],
  ] as const)('%s', (_, use, verdict, suggested) => {
    expect(functionAdvice(use)).toMatchObject({ verdict, suggested });
  });

  it('is never less than what was used, nor more when it is to be smaller', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 128, max: 10_240 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (memory, share) => {
          const usedMb = memory * share;
          const { verdict, suggested } = functionAdvice({ memory, calls: 1_000, usedMb });
          if (!suggested) return;
          expect(suggested.memory).toBeGreaterThan(usedMb);
          expect(suggested.memory).toBeLessThanOrEqual(10_240);
          if (verdict === 'smaller') expect(suggested.memory).toBeLessThan(memory);
          else expect(suggested.memory).toBeGreaterThan(memory);
        },
      ),
    );
  });
});

describe('the size of a task (S4-166)', () => {
  it.each([
    ['asleep', { cpu: 1024, memory: 2048 }, 5, 10, 'smaller', { cpu: 256, memory: 512 }],
    ['memory used, processor not', { cpu: 2048, memory: 8192 }, 5, 60, 'smaller', { cpu: 1024, memory: 6144 }],
    ['busy as scaling keeps it', { cpu: 1024, memory: 2048 }, 60, 50, 'fits', null],
    ['no memory left', { cpu: 512, memory: 1024 }, 20, 97, 'larger', { cpu: 512, memory: 2048 }],
    ['no processor left', { cpu: 512, memory: 1024 }, 95, 40, 'larger', { cpu: 1024, memory: 2048 }],
    ['the smallest there is', { cpu: 256, memory: 512 }, 1, 5, 'fits', null],
  ] as const)('%s', (_, size, processor, memory, verdict, suggested) => {
    expect(serviceAdvice({ ...size, processor: hours(processor), memoryUse: hours(memory) })).toMatchObject({
      verdict,
      suggested,
    });
  });

  it('is not judged by less than three days', () => {
    const few = hours(5, 5, ENOUGH_HOURS - 1);
    expect(serviceAdvice({ cpu: 1024, memory: 2048, processor: few, memoryUse: hours(5) }).verdict).toBe('too-little');
  });

  it('is one that Fargate has, and what was used fits in it', () => {
    const sizes = fc.constantFrom({ cpu: 256, memory: 2048 }, { cpu: 1024, memory: 8192 }, { cpu: 4096, memory: 8192 });
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(sizes, percent, percent, (size, busy, full) => {
        const { suggested } = serviceAdvice({ ...size, processor: hours(busy), memoryUse: hours(full) });
        if (!suggested) return;
        const { cpu, memory } = suggested as { cpu: number; memory: number };
        expect(isFargateSize(cpu, memory)).toBe(true);
        expect(memory).toBeGreaterThanOrEqual((size.memory * full) / 100);
        expect(cpu).toBeGreaterThanOrEqual((size.cpu * busy) / 100);
      }),
    );
  });
});

describe('the bounds of a database (S4-167)', () => {
  it.each([
    ['at its least always', { min: 2, max: 8 }, hours(2), 'smaller', { 'acu.min': 1 }],
    ['at its least, and there is no less', { min: 0.5, max: 8 }, hours(0.5), 'fits', null],
    ['at its most', { min: 0.5, max: 4 }, hours(4), 'larger', { 'acu.max': 6 }],
    ['in between', { min: 0.5, max: 8 }, hours(3, 5), 'fits', null],
    ['paused most of the time', { min: 0, max: 2 }, hours(0), 'fits', null],
    ['hardly measured', { min: 2, max: 8 }, hours(2, 2, 10), 'too-little', null],
  ] as const)('%s', (_, bounds, capacity, verdict, suggested) => {
    expect(serverlessAdvice({ ...bounds, capacity })).toMatchObject({ verdict, suggested });
  });
});

describe('the class of a database (S4-167)', () => {
  const GIB = 1024 ** 3;
  const free = (gib: number) => hours(gib * GIB);
  it.each([
    ['idle, with memory left', 'db.t4g.medium', 5, 3, 'smaller', { 'instance.class': 'db.t4g.small' }],
    ['idle, and its memory used', 'db.t4g.medium', 5, 1, 'fits', null],
    ['busy', 'db.t4g.small', 90, 1, 'larger', { 'instance.class': 'db.t4g.medium' }],
    ['out of memory', 'db.t4g.small', 20, 0.05, 'larger', { 'instance.class': 'db.t4g.medium' }],
    ['the smallest there is', 'db.t4g.micro', 2, 0.6, 'fits', null],
    ['of a class without known neighbours', 'db.r8g.large', 2, 14, 'fits', null],
  ] as const)('%s', (_, size, processor, gib, verdict, suggested) => {
    expect(instanceAdvice({ class: size, processor: hours(processor), freeable: free(gib) })).toMatchObject({
      verdict,
      suggested,
    });
  });
});

it('a percentile is a value that was there, which so many are not above', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (values, percent) => {
      const found = percentile(values, percent);
      expect(values).toContain(found);
      expect(values.filter((value) => value <= found).length / values.length).toBeGreaterThanOrEqual(percent / 100);
    }),
  );
});
