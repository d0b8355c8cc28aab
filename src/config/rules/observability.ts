import { ALARM_PRESETS } from '../../domain/alarm-presets.ts';
import { nearest } from '../../domain/nearest.ts';
import { PROD_WARNING, type Rule } from './rule.ts';

const PRESETS = Object.keys(ALARM_PRESETS);
const preset = (name: string) => `write ${nearest(name, PRESETS) ?? `one of ${PRESETS.join(', ')}`}`;

export const OBSERVABILITY_RULES: readonly Rule[] = [
  {
    id: 'alarm-preset',
    title: 'Changed alarms exist',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const name of Object.keys(blocks.observability.presets))
        if (!Object.hasOwn(ALARM_PRESETS, name))
          yield {
            path: ['observability', 'presets', name],
            message: `observability.presets: there is no preset ${name}`,
            remedy: preset(name),
          };
      for (const [fn, { rollout }] of Object.entries(blocks.functions))
        for (const [index, name] of ('rollbackOn' in rollout ? rollout.rollbackOn : []).entries())
          if (!Object.hasOwn(ALARM_PRESETS, name))
            yield {
              path: ['functions', fn, 'rollout', 'rollbackOn', index],
              message: `functions.${fn}: there is no preset ${name}`,
              remedy: preset(name),
            };
    },
  },
  {
    id: 'alarms-unheard',
    title: 'Somebody hears the alarms',
    severity: { dev: 'warning', staging: 'warning', prod: 'warning' },
    check: function* ({ blocks: { observability } }) {
      if (observability.alarms && observability.alarmEmails.length + observability.webhooks.length === 0)
        yield {
          path: ['observability', 'alarms'],
          message: 'observability: nobody receives the alarms',
          remedy: 'add alarmEmails or webhooks',
        };
    },
  },
  {
    id: 'prod-alarms',
    title: 'Production has alarms',
    severity: PROD_WARNING,
    check: function* ({ blocks: { observability } }) {
      if (!observability.alarms)
        yield {
          path: ['observability', 'alarms'],
          message: 'observability: alarms are off',
          remedy: 'write alarms: true, with alarmEmails',
        };
    },
  },
  {
    id: 'dashboard-empty',
    title: 'A business dashboard has something to show',
    severity: 'warning',
    check: function* ({ blocks: { observability } }) {
      if (observability.dashboards.includes('business') && observability.customMetrics.length === 0)
        yield {
          path: ['observability', 'dashboards'],
          message: 'observability: the business dashboard shows customMetrics, and there are none',
          remedy: 'add customMetrics',
        };
    },
  },
];
