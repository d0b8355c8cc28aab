export interface AlarmPreset {
  /** What the threshold counts. */
  unit: string;
  /** Alarms above this; a preset that is `below` alarms under it. Absent: depends on the size of what is watched. */
  threshold?: number;
  below?: true;
  periods: number;
  periodSeconds: number;
}

/** What alarms watch unless the configuration says otherwise. */
export const ALARM_PRESETS: Readonly<Record<string, AlarmPreset>> = {
  'error-rate': { unit: 'percent of requests answered 5xx', threshold: 5, periods: 2, periodSeconds: 300 },
  'latency-p99': { unit: 'seconds', threshold: 2, periods: 3, periodSeconds: 60 },
  'healthy-hosts': { unit: 'healthy tasks', threshold: 1, below: true, periods: 2, periodSeconds: 60 },
  'service-cpu': { unit: 'percent', threshold: 85, periods: 3, periodSeconds: 60 },
  'service-memory': { unit: 'percent', threshold: 85, periods: 3, periodSeconds: 60 },
  'db-cpu': { unit: 'percent', threshold: 80, periods: 3, periodSeconds: 60 },
  /* 80 % of what the greatest capacity of the database allows. */
  'db-connections': { unit: 'connections', periods: 2, periodSeconds: 60 },
  'function-errors': { unit: 'errors', threshold: 0, periods: 1, periodSeconds: 300 },
  'function-error-rate': { unit: 'percent of invocations', threshold: 5, periods: 1, periodSeconds: 300 },
  'function-throttles': { unit: 'throttled invocations', threshold: 0, periods: 1, periodSeconds: 300 },
  'function-duration': { unit: 'percent of the timeout', threshold: 80, periods: 3, periodSeconds: 300 },
  'queue-depth': { unit: 'messages', threshold: 1000, periods: 2, periodSeconds: 300 },
  'queue-age': { unit: 'seconds', threshold: 600, periods: 2, periodSeconds: 300 },
  'dlq-not-empty': { unit: 'messages', threshold: 0, periods: 2, periodSeconds: 60 },
  'schedule-failures': { unit: 'runs that could not be started', threshold: 0, periods: 1, periodSeconds: 300 },
  'bus-failures': { unit: 'failed deliveries', threshold: 0, periods: 1, periodSeconds: 300 },
};
