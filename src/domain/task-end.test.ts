import { describe, expect, it } from 'vitest';
import { exitCodeMeaning, hasDied, isPassing, neverStarted, stoppedReasonOf } from './task-end.ts';

describe('the end of a task', () => {
  it('says each reason once', () => {
    expect(stoppedReasonOf({ stoppedReason: 'Essential container in task exited', containers: [{}] })).toBe(
      'Essential container in task exited',
    );
    expect(
      stoppedReasonOf({
        stoppedReason: 'Essential container in task exited',
        containers: [{ reason: 'OutOfMemoryError: Container killed due to memory usage' }],
      }),
    ).toBe('Essential container in task exited; OutOfMemoryError: Container killed due to memory usage');
    const reason = 'CannotPullContainerError: no such image';
    expect(stoppedReasonOf({ stoppedReason: reason, containers: [{ reason }] })).toBe(reason);
    expect(stoppedReasonOf({})).toBeNull();
  });

  it('is one before the start only when no container was made', () => {
    expect(neverStarted({ stopCode: 'TaskFailedToStart', containers: [{ lastStatus: 'STOPPED' }] })).toBe(true);
    expect(neverStarted({ stopCode: 'TaskFailedToStart', containers: [{ runtimeId: 'abc' }] })).toBe(false);
    expect(neverStarted({ stopCode: 'EssentialContainerExited', containers: [{}] })).toBe(false);
    expect(neverStarted({ stopCode: 'UserInitiated', containers: [{}] })).toBe(false);
  });

  it('is no death where somebody or the scaling wanted it, and is one where a health check did, whatever the exit code', () => {
    const containers = [{ exitCode: 0 }];
    const unhealthy = 'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:x)';
    expect(hasDied({ stopCode: 'ServiceSchedulerInitiated', stoppedReason: unhealthy, containers })).toBe(true);
    expect(hasDied({ stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)', containers })).toBe(false);
    expect(hasDied({ stopCode: 'UserInitiated', containers: [{ exitCode: 143 }] })).toBe(false);
    expect(hasDied({ stopCode: 'EssentialContainerExited', containers })).toBe(false);
    expect(hasDied({ stopCode: 'TaskFailedToStart', containers: [{}] })).toBe(true);
  });

  it.each([
    ['Capacity is unavailable at this time. Please try again later or in a different availability zone', true],
    ['Timeout waiting for network interface provisioning to complete.', true],
    ['Timeout waiting for EphemeralStorage provisioning to complete.', true],
    ['CannotPullContainerError: pull image manifest has been retried 1 time(s)', false],
    ['ResourceInitializationError: unable to pull secrets', false],
    ['the program said: Capacity is unavailable at this time', false],
  ])('%s passes by itself: %s (F-55)', (reason, passing) => {
    expect(isPassing(reason)).toBe(passing);
  });

  it('knows the exit codes that mean the same everywhere', () => {
    expect([126, 127, 134, 137, 139, 143].map(exitCodeMeaning)).not.toContain(undefined);
    expect([0, 1, 2, 42].map(exitCodeMeaning)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
