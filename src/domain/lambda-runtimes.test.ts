import { expect, it } from 'vitest';
import { lambdaFunction } from '../config/blocks/function.ts';
import { requireRuntime } from '../sandbox/services/lambda/runtimes.ts';
import { lambdaRuntime, NEWEST_NODE, RUNTIME_END } from './lambda-runtimes.ts';

const major = (runtime: string) => Number(/\d+/.exec(runtime)?.[0]);

it('C25: a function that does not say runs on the newest Node.js that Lambda has, and every runtime has an end', () => {
  const nodes = Object.keys(RUNTIME_END).filter((runtime) => runtime.startsWith('nodejs'));
  const newest = nodes.toSorted((a, b) => major(a) - major(b)).at(-1);
  expect(lambdaRuntime(NEWEST_NODE)).toBe(newest);
  expect(lambdaFunction.parse({ source: 'src/a.ts' }).runtime).toBe(NEWEST_NODE);
  expect(() => requireRuntime(newest!)).not.toThrow();
  // Lambda takes the even numbers alone, those with long-term support.
  expect(nodes.every((runtime) => major(runtime) % 2 === 0)).toBe(true);
  expect(Object.values(RUNTIME_END).filter((end) => Number.isNaN(Date.parse(end)))).toEqual([]);
});
