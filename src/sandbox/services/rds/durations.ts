const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * How long RDS takes, in virtual milliseconds. AWS promises nothing; these are of the size that users report: an
 * Aurora cluster with its writer is there after some eight minutes, a PostgreSQL instance too, deletions take a few.
 */
export const DURATION = {
  createCluster: 2 * MINUTE,
  createMember: 6 * MINUTE,
  createInstance: 8 * MINUTE,
  createStandby: 4 * MINUTE,
  modify: 45 * SECOND,
  upgrade: 10 * MINUTE,
  deleteMember: 4 * MINUTE,
  deleteInstance: 4 * MINUTE,
  deleteCluster: MINUTE,
  snapshot: 2 * MINUTE,
  restore: 8 * MINUTE,
  stop: 5 * MINUTE,
  start: 6 * MINUTE,
  reboot: MINUTE,
  failover: 30 * SECOND,
  createProxy: 5 * MINUTE,
  deleteProxy: 3 * MINUTE,
};
