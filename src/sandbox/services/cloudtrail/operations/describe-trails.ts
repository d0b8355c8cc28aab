import type { DescribeTrailsCommandInput, GetTrailStatusCommandInput } from '@aws-sdk/client-cloudtrail';
import type { Call } from '../../../kernel/scope.ts';
import { findTrail } from '../refusals.ts';
import { shownTrail } from '../shown-trail.ts';
import { seenFrom } from '../state.ts';

/** What this region sees; names that are not there are left out, as AWS leaves them out. */
export function describeTrails(
  { trailNameList = [], includeShadowTrails = true }: DescribeTrailsCommandInput,
  call: Call,
) {
  const seen = seenFrom(call, { shadows: includeShadowTrails });
  const asked = seen.filter(({ name, arn }) => trailNameList.includes(name) || trailNameList.includes(arn));
  return { trailList: (trailNameList.length > 0 ? asked : seen).map(shownTrail) };
}

export function getTrailStatus({ Name }: GetTrailStatusCommandInput, call: Call) {
  const { logging, startedAt, stoppedAt } = findTrail(Name, call);
  return {
    IsLogging: logging,
    ...(startedAt === undefined ? {} : { StartLoggingTime: new Date(startedAt) }),
    ...(stoppedAt === undefined ? {} : { StopLoggingTime: new Date(stoppedAt) }),
  };
}
