import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import type { Stored } from '../stored.ts';

export interface ShiftStep {
  /** Percent of the requests that the new revision gets from then on. */
  percent: number;
  /** How long it stays so before the next step. */
  waitMs: number;
}

type Configuration = Stored<DeploymentConfiguration>;

export const isShifting = ({ strategy = 'ROLLING' }: Configuration = {}): boolean => strategy !== 'ROLLING';

/**
 * How the requests move, the last step being all of them. Defaults as the API names them:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LinearConfiguration.html and API_CanaryConfiguration.html.
 */
export function shiftSteps({ strategy, canaryConfiguration, linearConfiguration }: Configuration): ShiftStep[] {
  const all = { percent: 100, waitMs: 0 };
  if (strategy === 'CANARY') {
    const { canaryPercent = 5, canaryBakeTimeInMinutes = 10 } = canaryConfiguration ?? {};
    const first = { percent: canaryPercent, waitMs: minutes(canaryBakeTimeInMinutes) };
    return canaryPercent < 100 ? [first, all] : [all];
  }
  if (strategy !== 'LINEAR') return [all];
  const { stepPercent = 10, stepBakeTimeInMinutes = 6 } = linearConfiguration ?? {};
  const before = Array.from({ length: Math.ceil(100 / stepPercent) - 1 }, (_, index) => ({
    percent: stepPercent * (index + 1),
    waitMs: minutes(stepBakeTimeInMinutes),
  }));
  return [...before, all];
}

/** How long both revisions run after the last step. */
export const bakeTimeMs = ({ bakeTimeInMinutes = 0 }: Configuration = {}): number => minutes(bakeTimeInMinutes);

const minutes = (count: number): number => count * 60_000;
