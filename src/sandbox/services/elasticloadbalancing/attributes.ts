import { invalid } from './faults.ts';

/** Defaults: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
export const LOAD_BALANCER_ATTRIBUTES: Readonly<Record<string, string>> = {
  'access_logs.s3.enabled': 'false',
  'access_logs.s3.bucket': '',
  'access_logs.s3.prefix': '',
  'client_keep_alive.seconds': '3600',
  'connection_logs.s3.enabled': 'false',
  'connection_logs.s3.bucket': '',
  'connection_logs.s3.prefix': '',
  'deletion_protection.enabled': 'false',
  'health_check_logs.s3.enabled': 'false',
  'health_check_logs.s3.bucket': '',
  'health_check_logs.s3.prefix': '',
  'idle_timeout.timeout_seconds': '60',
  'load_balancing.cross_zone.enabled': 'true',
  'routing.http.desync_mitigation_mode': 'defensive',
  'routing.http.drop_invalid_header_fields.enabled': 'false',
  'routing.http.preserve_host_header.enabled': 'false',
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': 'false',
  'routing.http.xff_client_port.enabled': 'false',
  'routing.http.xff_header_processing.mode': 'append',
  'routing.http2.enabled': 'true',
  'waf.fail_open.enabled': 'false',
  'zonal_shift.config.enabled': 'false',
};

/** Defaults: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
export const TARGET_GROUP_ATTRIBUTES: Readonly<Record<string, string>> = {
  'deregistration_delay.timeout_seconds': '300',
  'load_balancing.algorithm.anomaly_mitigation': 'off',
  'load_balancing.algorithm.type': 'round_robin',
  'load_balancing.cross_zone.enabled': 'use_load_balancer_configuration',
  'slow_start.duration_seconds': '0',
  'stickiness.enabled': 'false',
  'stickiness.type': 'lb_cookie',
  'stickiness.app_cookie.cookie_name': '',
  'stickiness.app_cookie.duration_seconds': '86400',
  'stickiness.lb_cookie.duration_seconds': '86400',
  'target_group_health.dns_failover.minimum_healthy_targets.count': '1',
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': 'off',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': '1',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': 'off',
};

/** Listeners take header settings; none is set until asked for, and unknown ones are refused by shape only. */
export const LISTENER_ATTRIBUTES: Readonly<Record<string, string>> = {
  'routing.http.response.server.enabled': 'true',
};

const RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  'client_keep_alive.seconds': [60, 604_800],
  'deregistration_delay.timeout_seconds': [0, 3600],
  'idle_timeout.timeout_seconds': [1, 4000],
  'slow_start.duration_seconds': [0, 900],
  'stickiness.app_cookie.duration_seconds': [1, 604_800],
  'stickiness.lb_cookie.duration_seconds': [1, 604_800],
};

interface Attribute {
  Key?: string | undefined;
  Value?: string | undefined;
}

/** Attributes with changes applied; `what` is `Load balancer`, `Target group` or `Listener`. */
export function changedAttributes(
  before: Readonly<Record<string, string>>,
  changes: readonly Attribute[],
  known: Readonly<Record<string, string>>,
  what: string,
): Record<string, string> {
  const after = { ...before };
  for (const { Key = '', Value = '' } of changes) {
    if (known[Key] === undefined && !(what === 'Listener' && Key.startsWith('routing.http.'))) {
      throw invalid(`${what} attribute key '${Key}' is not recognized`);
    }
    const range = RANGES[Key];
    if (range && !(/^\d+$/.test(Value) && Number(Value) >= range[0] && Number(Value) <= range[1])) {
      throw invalid(
        `${what} attribute value '${Value}' for key '${Key}' must be between '${range[0]}' and '${range[1]}' inclusive`,
      );
    }
    if ((known[Key] === 'true' || known[Key] === 'false') && Value !== 'true' && Value !== 'false') {
      throw invalid(`${what} attribute value '${Value}' for key '${Key}' is not valid; it must be 'true' or 'false'`);
    }
    after[Key] = Value;
  }
  return after;
}

export const shownAttributes = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
