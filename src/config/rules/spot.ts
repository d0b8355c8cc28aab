import { PROD_WARNING, type Rule } from './rule.ts';

export const SPOT_RULES: readonly Rule[] = [
  {
    id: 'spot-base',
    title: 'Spot is left some of the tasks',
    severity: 'warning',
    check: function* ({ blocks }) {
      for (const [name, { spot, scaling }] of Object.entries(blocks.services))
        if (spot && spot.onDemand >= scaling.max)
          yield {
            path: ['services', name, 'spot', 'onDemand'],
            message: `services.${name}: ${spot.onDemand} tasks run on demand, and there are never more than ${scaling.max}`,
            remedy: 'lower onDemand, or remove spot',
          };
    },
  },
  {
    id: 'prod-spot',
    failure: 'F-55',
    title: 'A production web service outlives the end of Spot capacity',
    severity: PROD_WARNING,
    check: function* ({ blocks }) {
      for (const [name, { spot, http }] of Object.entries(blocks.services))
        if (spot?.onDemand === 0 && http)
          yield {
            path: ['services', name, 'spot', 'onDemand'],
            message: `services.${name}: AWS may take every task away at once, and there may be no capacity for others`,
            remedy: 'write spot: { onDemand: 1 } or more',
          };
    },
  },
];
