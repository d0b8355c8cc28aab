import type { ServerlessV2ScalingConfiguration, ServerlessV2ScalingConfigurationInfo } from '@aws-sdk/client-rds';
import { capacityRange } from './engines.ts';
import { invalidCombination, invalidValue } from './refusals.ts';

/**
 * Capacity of Serverless v2 as a version of Aurora allows it, in half units; seconds until it pauses (300 to 86,400)
 * only when it may shrink to zero.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html
 */
export function checkedScaling(
  wanted: ServerlessV2ScalingConfiguration,
  version: string,
  before?: ServerlessV2ScalingConfigurationInfo,
): ServerlessV2ScalingConfigurationInfo {
  const range = capacityRange(version);
  const min = wanted.MinCapacity ?? before?.MinCapacity;
  const max = wanted.MaxCapacity ?? before?.MaxCapacity;
  if (min === undefined || max === undefined)
    throw invalidCombination('Both MinCapacity and MaxCapacity must be specified in ServerlessV2ScalingConfiguration.');
  for (const capacity of [min, max])
    if (capacity * 2 !== Math.floor(capacity * 2))
      throw invalidValue(
        `Serverless v2 capacity ${shown(capacity)} isn't valid. Specify a capacity in increments of 0.5.`,
      );
  if (min < range.min)
    throw invalidValue(
      `Serverless v2 capacity ${shown(min)} isn't valid. The minimum capacity must be at least ${shown(range.min)}.`,
    );
  if (max < 1)
    throw invalidValue(
      `Serverless v2 maximum capacity ${shown(max)} isn't valid. The maximum capacity must be at least 1.0.`,
    );
  if (max > range.max)
    throw invalidValue(
      `Serverless v2 capacity ${shown(max)} isn't valid. The maximum capacity must be at most ${shown(range.max)}.`,
    );
  if (min > max)
    throw invalidValue(
      `Serverless v2 minimum capacity ${shown(min)} can't be greater than the maximum capacity ${shown(max)}.`,
    );

  const pause = wanted.SecondsUntilAutoPause ?? before?.SecondsUntilAutoPause;
  if (wanted.SecondsUntilAutoPause !== undefined && min > 0)
    throw invalidCombination('SecondsUntilAutoPause can be specified only when MinCapacity is 0.');
  if (pause !== undefined && (pause < 300 || pause > 86_400))
    throw invalidValue(`SecondsUntilAutoPause ${pause} isn't valid. It must be between 300 and 86400.`);
  return { MinCapacity: min, MaxCapacity: max, ...(min === 0 && { SecondsUntilAutoPause: pause ?? 300 }) };
}

const shown = (capacity: number): string => (Number.isInteger(capacity) ? `${capacity}.0` : String(capacity));
