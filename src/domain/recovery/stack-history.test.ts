import { StackStatus } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everStood } from './stack-history.ts';

/**
 * What may follow what, and whether the stack has stood by then.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
const NEXT: Record<string, readonly string[]> = {
  REVIEW_IN_PROGRESS: ['CREATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS'],
  CREATE_IN_PROGRESS: ['CREATE_COMPLETE', 'CREATE_FAILED', 'ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  CREATE_FAILED: ['UPDATE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  CREATE_COMPLETE: ['UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  ROLLBACK_IN_PROGRESS: ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'],
  ROLLBACK_COMPLETE: ['DELETE_IN_PROGRESS'],
  ROLLBACK_FAILED: ['DELETE_IN_PROGRESS'],
  UPDATE_IN_PROGRESS: ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_FAILED', 'UPDATE_ROLLBACK_IN_PROGRESS'],
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: ['UPDATE_COMPLETE'],
  UPDATE_COMPLETE: ['UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  UPDATE_FAILED: ['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  UPDATE_ROLLBACK_IN_PROGRESS: ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_ROLLBACK_FAILED'],
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: ['UPDATE_ROLLBACK_COMPLETE'],
  UPDATE_ROLLBACK_COMPLETE: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  UPDATE_ROLLBACK_FAILED: ['UPDATE_ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  IMPORT_IN_PROGRESS: ['IMPORT_COMPLETE', 'IMPORT_ROLLBACK_IN_PROGRESS'],
  IMPORT_COMPLETE: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  IMPORT_ROLLBACK_IN_PROGRESS: ['IMPORT_ROLLBACK_COMPLETE', 'IMPORT_ROLLBACK_FAILED'],
  IMPORT_ROLLBACK_COMPLETE: ['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'],
  IMPORT_ROLLBACK_FAILED: ['DELETE_IN_PROGRESS'],
  DELETE_IN_PROGRESS: ['DELETE_FAILED'],
  DELETE_FAILED: ['DELETE_IN_PROGRESS'],
};
/** All of it was what it was to be; only what is no longer wanted may still be there. */
const GOOD = /^((CREATE|UPDATE|IMPORT)_COMPLETE|UPDATE_COMPLETE_CLEANUP_IN_PROGRESS)$/;

/** A life of a stack: its statuses from the first to the present one. An update of what never stood cannot be rolled back to anything. */
const lives = fc
  .record({
    beginning: fc.constantFrom('REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS'),
    choices: fc.array(fc.nat(), { maxLength: 25 }),
  })
  .map(({ beginning, choices }) => {
    const life: string[] = [beginning];
    for (const choice of choices) {
      const stood = life.some((status) => GOOD.test(status));
      const next = NEXT[life.at(-1)!]!.filter((status) => stood || !/^(UPDATE|IMPORT)_ROLLBACK/.test(status));
      if (next.length === 0) break;
      life.push(next[choice % next.length]!);
    }
    return life;
  });

const event = (ResourceStatus: string) => ({ StackId: 'arn:s', PhysicalResourceId: 'arn:s', ResourceStatus });
const newestFirst = (life: readonly string[]) => life.map(event).reverse();
const stood = (life: readonly string[]): boolean => life.some((status) => GOOD.test(status));

describe('whether a stack has ever stood', () => {
  it('is right about every life whose events are all there', () => {
    fc.assert(
      fc.property(lives, (life) => {
        expect(everStood(life.at(-1)!, newestFirst(life))).toBe(stood(life) ? 'yes' : 'no');
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never no about one that has, however many of its oldest events are gone', () => {
    fc.assert(
      fc.property(lives, fc.nat({ max: 25 }), (life, lost) => {
        const kept = newestFirst(life).slice(0, Math.max(0, life.length - lost));
        const answer = everStood(life.at(-1)!, kept);
        if (stood(life)) expect(answer).not.toBe('no');
        else expect(answer).not.toBe('yes');
      }),
      { numRuns: 2_000 },
    );
  });

  it('looks at events of the stack alone', () => {
    const resource = { StackId: 'arn:s', PhysicalResourceId: 'queue', ResourceStatus: 'CREATE_COMPLETE' };
    expect(everStood('DELETE_FAILED', [event('DELETE_FAILED'), resource, event('CREATE_IN_PROGRESS')])).toBe('no');
    expect(everStood('DELETE_FAILED', [resource])).toBe('unknown');
  });

  it('has an answer for every status of CloudFormation', () => {
    for (const status of Object.values(StackStatus)) expect(['yes', 'no', 'unknown']).toContain(everStood(status, []));
  });
});
