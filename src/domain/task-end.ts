interface Ended {
  readonly stopCode?: string | undefined;
  readonly stoppedReason?: string | undefined;
  readonly containers?: readonly {
    readonly name?: string | undefined;
    readonly exitCode?: number | undefined;
    readonly reason?: string | undefined;
    readonly runtimeId?: string | undefined;
    readonly lastStatus?: string | undefined;
  }[];
}

/** Why a task ended, as ECS and its container say, each thing once. Null while they say nothing. */
export function stoppedReasonOf({ stoppedReason, containers = [] }: Ended): string | null {
  const said = [stoppedReason, ...containers.map(({ reason }) => reason)].filter((one) => one !== undefined);
  return said.filter((one, index) => one !== '' && said.indexOf(one) === index).join('; ') || null;
}

/**
 * Whether a task ended otherwise than it should: not those that somebody or the scaling no longer wanted, and not those that
 * were done. One that fails its health checks is told to end, and may do so with 0.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function hasDied({ stopCode, stoppedReason = '', containers = [] }: Ended): boolean {
  if (stopCode === 'UserInitiated' || /^Scaling activity initiated by/.test(stoppedReason)) return false;
  return (
    /^Task failed (ELB|container) health checks/.test(stoppedReason) ||
    containers.some(({ exitCode }) => exitCode !== 0)
  );
}

/** None of its containers was ever started: nothing of the command has happened. */
export const neverStarted = ({ stopCode, containers = [] }: Ended): boolean =>
  stopCode === 'TaskFailedToStart' &&
  containers.every(({ exitCode, runtimeId }) => exitCode === undefined && runtimeId === undefined);

/**
 * Reasons of Fargate that another try may not meet: no capacity where the task was put (F-55), or its network or disk
 * was not ready in time. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export const isPassing = (reason: string): boolean =>
  /^(Capacity is unavailable at this time|Timeout waiting for (network interface|EphemeralStorage) provisioning to complete)/.test(
    reason,
  );

/** What a program's exit code usually means, by the conventions of shells and kernels. */
export function exitCodeMeaning(exitCode: number): string | undefined {
  switch (exitCode) {
    case 126:
      return 'the command is there and cannot be executed';
    case 127:
      return 'there is no such command in the image';
    case 134:
      return 'the program aborted itself';
    case 137:
      return 'it was killed: most often for want of memory';
    case 139:
      return 'it broke with a segmentation fault';
    case 143:
      return 'it was asked to end';
    default:
      return undefined;
  }
}
