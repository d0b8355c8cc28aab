import { ALARM_PRESETS } from '../../domain/alarm-presets.ts';
import { nearest } from '../../domain/nearest.ts';
import { PROD_WARNING, type Rule } from './rule.ts';

const PRESETS = Object.keys(ALARM_PRESETS);
const preset = (name: string) => `write ${nearest(name, PRESETS) ?? `one of ${PRESETS.join(', ')}`}`;

const DAY_SECONDS = 86_400;
/** Chats that take messages of their own form only. */
const NEVER_CONFIRM =
  /^(hooks\.slack\.com|(.+\.)?discord(app)?\.com|(.+\.)?webhook\.office\.com|(.+\.)?logic\.azure\.com)$/;

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
    id: 'alarm-period',
    title: 'Alarms look as often and as far back as CloudWatch lets them',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const [name, change] of Object.entries(blocks.observability.presets)) {
        if (change === false || !Object.hasOwn(ALARM_PRESETS, name)) continue;
        const { periods, periodSeconds } = { ...ALARM_PRESETS[name]!, ...change };
        const path = ['observability', 'presets', name];
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
        if (periodSeconds < 60)
          yield {
            path: [...path, 'periodSeconds'],
            message: `observability.presets.${name}: AWS measures once a minute, so a period of ${periodSeconds} seconds sees nothing`,
            remedy: 'write a periodSeconds of 60 or more',
          };
        const most = periodSeconds >= 3600 ? 7 * DAY_SECONDS : DAY_SECONDS;
        if (periods * periodSeconds > most)
          yield {
            path: [...path, 'periods'],
            message: `observability.presets.${name}: ${periods} periods of ${periodSeconds} seconds are longer than the ${most / DAY_SECONDS === 1 ? 'day' : '7 days'} that an alarm can look back`,
            remedy: `write at most ${Math.floor(most / periodSeconds)} periods`,
          };
      }
    },
  },
  {
    id: 'webhook-confirms',
    title: 'Whoever is told of alarms can agree to it',
    severity: 'warning',
    check: function* ({ blocks: { observability } }) {
      for (const [index, webhook] of observability.webhooks.entries()) {
        const { hostname } = new URL(webhook);
        if (NEVER_CONFIRM.test(hostname))
          yield {
            path: ['observability', 'webhooks', index],
            message: `observability.webhooks: ${hostname} does not answer SNS's request to confirm, so it would never hear an alarm`,
            remedy:
              'name the SNS integration of your paging service, or use the chat of Amazon Q Developer on the topic',
          };
      }
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
