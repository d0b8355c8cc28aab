import type { Scope } from '../../kernel/scope.ts';

const FIVE_MINUTES_MS = 5 * 60_000;
const DAY_MS = 24 * 3_600_000;

interface BackedUp {
  created: number;
  backupDays: number;
}

/** "typically within the last 5 minutes": https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr.html */
export const latestRestorable = ({ created }: BackedUp, { world }: Scope): Date =>
  new Date(Math.max(created, world.clock.stamp() - FIVE_MINUTES_MS));

export const earliestRestorable = ({ created, backupDays }: BackedUp, { world }: Scope): Date =>
  new Date(Math.max(created, world.clock.stamp() - backupDays * DAY_MS));
