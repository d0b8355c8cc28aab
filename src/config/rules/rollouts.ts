import { MOST_SHIFT_MINUTES, shiftMinutes } from '../../domain/shift-minutes.ts';
import { eachService, when } from './each-service.ts';
import { PROD_WARNING, type Rule } from './rule.ts';

/** What stands between a service and ECS moving its requests. */
export const ROLLOUT_RULES: readonly Rule[] = [
  {
    id: 'service-rollout-requests',
    title: 'Only what serves requests has them moved',
    severity: 'error',
    waivable: false,
    check: eachService(({ http, rollout }) =>
      when(
        rollout.type !== 'rolling' && !http,
        ['rollout'],
        `rollout ${rollout.type} moves requests, and a service without http has none`,
        'remove rollout, or add http',
      ),
    ),
  },
  {
    id: 'service-rollout-time',
    title: 'A rollout ends before CloudFormation gives up waiting for it',
    severity: 'error',
    waivable: false,
    check: eachService(({ rollout }) => {
      const minutes = shiftMinutes(rollout);
      return when(
        minutes > MOST_SHIFT_MINUTES,
        ['rollout'],
        `its requests move for ${minutes} minutes, and CloudFormation waits for three hours at most, the start of the tasks and the way back among them`,
        `make it ${MOST_SHIFT_MINUTES} minutes or less: fewer steps, shorter ones, or less bakeMinutes`,
      );
    }),
  },
  {
    id: 'service-rollout-step',
    title: 'ECS has the step of a linear rollout',
    severity: 'error',
    waivable: false,
    check: eachService(({ rollout }) =>
      when(
        rollout.type === 'linear' && rollout.percent < 3,
        ['rollout', 'percent'],
        `ECS moves 3 percent or more in a step, not ${'percent' in rollout ? rollout.percent : 0}`,
        'write percent: 3 or more',
      ),
    ),
  },
  {
    id: 'service-rollout-scaling',
    title: 'What scales a service follows its requests',
    severity: 'error',
    waivable: false,
    check: eachService(({ rollout, scaling }) =>
      when(
        rollout.type !== 'rolling' && scaling.requestsPerTarget !== undefined,
        ['scaling', 'requestsPerTarget'],
        'scaling by requests counts those of one target group, and they move to another with every rollout',
        'remove requestsPerTarget: cpu and memory scale the service',
      ),
    ),
  },
  {
    id: 'service-rollout-spot',
    title: 'A service whose requests are moved stays the same service',
    severity: 'error',
    waivable: false,
    check: eachService(({ rollout, spot }) =>
      when(
        rollout.type !== 'rolling' && spot !== undefined,
        ['spot'],
        'spot makes a second service behind the same rule, and two cannot move its requests',
        'remove spot, or write rollout: { type: rolling }',
      ),
    ),
  },
  {
    id: 'prod-rollout-alarms',
    title: 'In production an alarm watches while requests move',
    severity: PROD_WARNING,
    check: eachService(({ rollout, rollbackOn, http }) =>
      when(
        rollout.type !== 'rolling' && http !== undefined && rollbackOn.length === 0,
        ['rollbackOn'],
        `rollout ${rollout.type} takes nothing back that starts and then answers with errors`,
        'add rollbackOn: [error-rate]',
      ),
    ),
  },
];
