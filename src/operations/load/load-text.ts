import type { LoadOutcome } from './load.ts';

export function loadText(outcome: LoadOutcome): string {
  const { environment, component, url, requests, atOnce, seconds, dryRun } = outcome;
  if (dryRun) return `${component} of ${environment} would be asked at ${url}; nothing was sent`;
  const { answers, unanswered, latency, throttled, throttle, authorizer } = outcome;
  const rate = seconds > 0 ? `, ${Math.round((requests / seconds) * 10) / 10} a second` : '';
  const counts = [...Object.entries(answers), ...Object.entries(unanswered)].map(
    ([what, count]) => `${what}: ${count}`,
  );
  return [
    `${component} of ${environment}: ${requests} requests, ${atOnce} at once, in ${seconds} s${rate}`,
    `  ${counts.join('   ')}`,
    ...(latency
      ? [
          `  served in ${latency.p50} ms (p50), ${latency.p95} ms (p95), ${latency.p99} ms (p99), ${latency.most} ms at the most`,
        ]
      : ['  nothing was served: all of it was throttled']),
    ...(throttle
      ? [`  ${throttled} throttled; ${throttle.rate} a second and ${throttle.burst} at once are configured`]
      : throttled > 0
        ? [`  ${throttled} throttled, by limits that are not this configuration's`]
        : []),
    ...(authorizer ? [`  ${authorizerText(authorizer, requests)}`] : []),
  ].join('\n');
}

function authorizerText({ cacheSeconds, calls }: NonNullable<LoadOutcome['authorizer']>, requests: number): string {
  const memory = cacheSeconds > 0 ? `remembers for ${cacheSeconds} s` : 'remembers nothing';
  return calls === 0
    ? `the authorizer ${memory}; no call of it was counted: all came from its memory, or CloudWatch has not counted yet`
    : `the authorizer ${memory}, and was called at least ${calls} times for ${requests} requests`;
}
