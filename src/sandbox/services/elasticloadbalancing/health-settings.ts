import type { CreateTargetGroupInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { invalid } from './faults.ts';
import type { TargetGroupRow } from './state.ts';

type Settings = Pick<
  TargetGroupRow,
  | 'HealthCheckEnabled'
  | 'HealthCheckProtocol'
  | 'HealthCheckPort'
  | 'HealthCheckPath'
  | 'HealthCheckIntervalSeconds'
  | 'HealthCheckTimeoutSeconds'
  | 'HealthyThresholdCount'
  | 'UnhealthyThresholdCount'
  | 'Matcher'
>;

/** Defaults of an HTTP target group: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
export const healthDefaults = (type: TargetGroupRow['TargetType']): Settings => ({
  HealthCheckEnabled: type !== 'lambda',
  HealthCheckProtocol: 'HTTP',
  HealthCheckPort: 'traffic-port',
  HealthCheckPath: '/',
  HealthCheckIntervalSeconds: type === 'lambda' ? 35 : 30,
  HealthCheckTimeoutSeconds: type === 'lambda' ? 30 : 5,
  HealthyThresholdCount: 5,
  UnhealthyThresholdCount: 2,
  Matcher: { HttpCode: '200' },
});

/** The settings with the request's own over them, or what the API says of values that make no sense. */
export function healthSettings(before: Settings, input: Partial<CreateTargetGroupInput>): Settings {
  const settings: Settings = {
    HealthCheckEnabled: input.HealthCheckEnabled ?? before.HealthCheckEnabled,
    HealthCheckProtocol: input.HealthCheckProtocol ?? before.HealthCheckProtocol,
    HealthCheckPort: input.HealthCheckPort ?? before.HealthCheckPort,
    HealthCheckPath: input.HealthCheckPath ?? before.HealthCheckPath,
    HealthCheckIntervalSeconds: input.HealthCheckIntervalSeconds ?? before.HealthCheckIntervalSeconds,
    HealthCheckTimeoutSeconds: input.HealthCheckTimeoutSeconds ?? before.HealthCheckTimeoutSeconds,
    HealthyThresholdCount: input.HealthyThresholdCount ?? before.HealthyThresholdCount,
    UnhealthyThresholdCount: input.UnhealthyThresholdCount ?? before.UnhealthyThresholdCount,
    Matcher: input.Matcher?.HttpCode ? { HttpCode: input.Matcher.HttpCode } : before.Matcher,
  };
  within('Health check interval', settings.HealthCheckIntervalSeconds, 5, 300);
  within('Health check timeout', settings.HealthCheckTimeoutSeconds, 2, 120);
  within('Healthy threshold count', settings.HealthyThresholdCount, 2, 10);
  within('Unhealthy threshold count', settings.UnhealthyThresholdCount, 2, 10);
  const { HealthCheckIntervalSeconds: interval = 0, HealthCheckTimeoutSeconds: timeout = 0 } = settings;
  if (timeout >= interval) {
    throw invalid(`Health check timeout '${timeout}' must be smaller than the interval '${interval}'`);
  }
  if (!settings.HealthCheckPath?.startsWith('/')) {
    throw invalid(`Health check path '${settings.HealthCheckPath}' must begin with '/'`);
  }
  if (settings.HealthCheckPort !== 'traffic-port' && !/^\d{1,5}$/.test(settings.HealthCheckPort ?? '')) {
    throw invalid(`Health check port '${settings.HealthCheckPort}' must be in range of 1-65535 or 'traffic-port'`);
  }
  checkMatcher(settings.Matcher?.HttpCode ?? '');
  return settings;
}

/** Whether a status is one of `200`, `200,302` or `200-299`. */
export const matchesCode = (matcher: string, code: number): boolean =>
  matcher.split(',').some((part) => {
    const [first, last] = part.split('-').map(Number);
    return code >= first! && code <= (last ?? first!);
  });

function checkMatcher(matcher: string): void {
  const codes = matcher.split(/[,-]/).map(Number);
  if (!/^\d{3}([,-]\d{3})*$/.test(matcher) || codes.some((code) => code < 200 || code > 499)) {
    throw invalid(`Health check matcher HTTP code '${matcher}' must be within 200-499`);
  }
}

function within(what: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || value < min || value > max) {
    throw invalid(`${what} '${value}' must be between '${min}' and '${max}' inclusive`);
  }
}
