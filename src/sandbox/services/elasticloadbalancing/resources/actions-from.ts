import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Properties } from '../../../kernel/resource-provider.ts';
import { asBoolean, asNumber } from './property-values.ts';

/** Actions as templates write them, with the numbers and booleans that the API wants. */
export const actionsFrom = (actions: Properties[] = []): Action[] =>
  actions.map((action) => ({
    ...action,
    Type: action.Type,
    ...(action.Order === undefined ? {} : { Order: asNumber(action.Order) }),
    ...(action.ForwardConfig ? { ForwardConfig: forwardFrom(action.ForwardConfig) } : {}),
  }));

const forwardFrom = ({ TargetGroups = [], TargetGroupStickinessConfig: stickiness }: Properties) => ({
  TargetGroups: (TargetGroups as Properties[]).map(({ TargetGroupArn, Weight }) => ({
    TargetGroupArn,
    ...(Weight === undefined ? {} : { Weight: asNumber(Weight) }),
  })),
  ...(stickiness
    ? {
        TargetGroupStickinessConfig: {
          Enabled: asBoolean(stickiness.Enabled) ?? false,
          ...(stickiness.DurationSeconds === undefined
            ? {}
            : { DurationSeconds: asNumber(stickiness.DurationSeconds) }),
        },
      }
    : {}),
});
