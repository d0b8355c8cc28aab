import type { Service, ServiceDeployment } from '@aws-sdk/client-ecs';
import { pairOf } from '../traffic/read-traffic.ts';
import type { Sighting } from './run-record.ts';

type Shift = Extract<Sighting, { kind: 'shift' }>;

/** The deployment of a service that moves its requests now. */
export function ongoingShift(service: Service | undefined): string | undefined {
  const { strategy = 'ROLLING' } = service?.deploymentConfiguration ?? {};
  return strategy === 'ROLLING' ? undefined : service?.currentServiceDeployment;
}

/** Of two groups that take turns both: new tasks are in the one, those before in the other. */
export function targetGroupsOf({ loadBalancers = [] }: Service): string[] {
  const pair = pairOf(loadBalancers);
  return pair ? [pair.primary, pair.alternate] : loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? []);
}

export function shiftSighting(service: string, deployment: ServiceDeployment | undefined): Shift | undefined {
  const { lifecycleStage: stage, targetServiceRevision, status } = deployment ?? {};
  if (!stage || status !== 'IN_PROGRESS') return undefined;
  const { requestedProductionTrafficWeight: percent } = targetServiceRevision ?? {};
  return { kind: 'shift', service, stage, ...(percent === undefined ? {} : { percent }) };
}

const STAGES: Readonly<Record<string, string>> = {
  RECONCILE_SERVICE: 'bringing requests together on one set of tasks',
  PRE_SCALE_UP: 'starting new tasks beside those before',
  SCALE_UP: 'starting new tasks beside those before',
  PRODUCTION_TRAFFIC_SHIFT: 'moving requests',
  BAKE_TIME: 'waiting for alarms with all requests moved',
  CLEAN_UP: 'ending the tasks before',
};

export function shiftText({ stage, percent }: Shift): string {
  const share = percent === undefined ? '' : `, ${percent}% of the requests`;
  return `${STAGES[stage] ?? stage}${share}`;
}
