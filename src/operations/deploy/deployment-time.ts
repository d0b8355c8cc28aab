import { coveredMs } from '../../domain/covered-ms.ts';
import type { ActedStack } from './act-on-plan.ts';

/** Real seconds: what AWS took while we waited, and the rest. */
export interface DeploymentTime {
  aws: number;
  ours: number;
}

export function timeOf(acted: readonly Pick<ActedStack, 'waited'>[], totalMs: number): DeploymentTime {
  const awsMs = coveredMs(acted.flatMap(({ waited }) => waited));
  return { aws: awsMs / 1000, ours: (totalMs - awsMs) / 1000 };
}
