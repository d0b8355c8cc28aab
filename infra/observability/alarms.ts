import { fitName, pascal } from '../names.ts';
import { SERVER_SECONDS } from '../next-output.ts';
import type { AlarmRule, AppSettings } from '../settings.ts';
import type { Metric, Watched } from './watched.ts';

/** One alarm: what it watches, from which value on, and what it takes silence for. */
export interface Alarm {
  /** Of its construct. */
  id: string;
  /** What mails and pagers show; one account may hold several environments. */
  name: string;
  preset: string;
  of: Watched;
  /** For the person who is woken. */
  says: string;
  watches: { metric: Metric } | { percent: Metric; of: Metric };
  rule: AlarmRule & { threshold: number };
  missing: 'missing' | 'notBreaching' | 'breaching';
  /** What the preset's number comes to in the unit of the metric; absent: itself. */
  times?: number;
}

type Maker = (
  watched: Watched,
  settings: AppSettings,
) => Omit<Alarm, 'id' | 'name' | 'preset' | 'of' | 'rule'> | undefined;

/**
 * By preset. What AWS always reports of something that runs leaves an alarm without a state when it stops coming, so
 * that an alarm on the wrong thing can be told (F-146); what is only reported when it happens counts as well when not.
 */
const MAKERS: Readonly<Record<string, Maker>> = {
  'error-rate': ({ name, metrics: { errors, requests } }) =>
    errors &&
    requests && {
      says: `Requests that ${name} answered with 5xx, in percent`,
      watches: { percent: errors, of: requests },
      missing: 'notBreaching',
    },
  'latency-p99': ({ kind, name, metrics: { latency } }) =>
    latency && {
      says: `${kind === 'api' ? 'Milliseconds' : 'Seconds'} that ${name} took for 99 of 100 requests`,
      watches: { metric: latency },
      missing: 'notBreaching',
      // API Gateway counts milliseconds, a load balancer seconds.
      ...(kind === 'api' ? { times: 1000 } : {}),
    },
  'function-errors': ({ name, metrics: { failures } }) => counted(failures, `Errors of function ${name}`),
  'function-error-rate': ({ name, metrics: { failures, invocations } }) =>
    failures &&
    invocations && {
      says: `Invocations of function ${name} that failed, in percent`,
      watches: { percent: failures, of: invocations },
      missing: 'notBreaching',
    },
  'function-throttles': ({ name, metrics: { throttles } }) =>
    counted(throttles, `Invocations of function ${name} that were throttled`),
  'function-duration': ({ name, metrics: { duration } }, { functions }) =>
    duration && {
      says: `Milliseconds that function ${name} took, of the ${secondsOf(name, functions)} seconds it has`,
      watches: { metric: duration },
      missing: 'notBreaching',
      // Percent of its timeout, in milliseconds.
      times: secondsOf(name, functions) * 10,
    },
  'bus-failures': ({ name, metrics: { undelivered } }) =>
    counted(undelivered, `Events that never reached function ${name}`),
  'schedule-failures': ({ name, metrics: { unstarted } }) =>
    counted(unstarted, `Runs of scheduled task ${name} that EventBridge could not start`),
  'healthy-hosts': ({ name, metrics: { healthy } }, settings) =>
    healthy && {
      says: `Tasks of ${name} that pass their health checks`,
      watches: { metric: healthy },
      missing: mayRest(settings, name) ? 'notBreaching' : 'breaching',
    },
  'service-cpu': ({ kind, name, metrics: { cpu } }) => utilization(kind === 'service' && cpu, `CPU of service ${name}`),
  'service-memory': ({ kind, name, metrics: { memory } }) =>
    utilization(kind === 'service' && memory, `Memory of service ${name}`),
  'db-cpu': ({ kind, name, metrics: { cpu } }) => utilization(kind === 'database' && cpu, `CPU of database ${name}`),
  'db-connections': ({ name, metrics: { connections } }) =>
    connections && {
      says: `Connections to database ${name}`,
      watches: { metric: connections },
      missing: 'missing',
    },
  'queue-depth': ({ kind, name, metrics: { depth } }) =>
    kind === 'queue' && depth
      ? { says: `Messages that wait in queue ${name}`, watches: { metric: depth }, missing: 'notBreaching' }
      : undefined,
  'queue-age': ({ kind, name, metrics: { age } }) =>
    kind === 'queue' && age
      ? {
          says: `Seconds that a message has waited in queue ${name}`,
          watches: { metric: age },
          missing: 'notBreaching',
        }
      : undefined,
  'dlq-not-empty': ({ kind, name, of = 'queue', metrics: { depth } }) =>
    kind === 'dead-letters' && depth
      ? {
          says: `Messages of ${of} ${name} that nobody could process`,
          watches: { metric: depth },
          missing: 'notBreaching',
        }
      : undefined,
};

const counted = (metric: Metric | undefined, says: string) =>
  metric && { says, watches: { metric }, missing: 'notBreaching' as const };

const utilization = (metric: Metric | false | undefined, of: string) =>
  metric ? { says: `${of}, in percent`, watches: { metric }, missing: 'missing' as const } : undefined;

/** Whether nothing of a service may run on purpose. */
const mayRest = ({ services }: AppSettings, name: string): boolean => {
  const scaling = services[name]?.scaling;
  return scaling !== undefined && (scaling.min === 0 || scaling.schedule.some(({ min }) => min === 0));
};

/** Every alarm of the environment: presets that are on, for whatever each of them fits. */
export function alarmsOf(watched: readonly Watched[], settings: AppSettings): Alarm[] {
  const { alarms } = settings.observability;
  if (!alarms) return [];
  const all = watched.flatMap((of) =>
    Object.entries(alarms).flatMap(([preset, rule]) => {
      const made = Object.hasOwn(MAKERS, preset) ? MAKERS[preset]!(of, settings) : undefined;
      const threshold = rule.threshold ?? thresholdOf(preset, of, settings);
      if (!made || threshold === undefined) return [];
      return [{ ...made, preset, of, rule: { ...rule, threshold: threshold * (made.times ?? 1) } }];
    }),
  );
  const names = all.map(({ of, preset }) => [settings.project, settings.environment, of.name, preset].join('-'));
  const ids = new Set<string>();
  return all.map((alarm, index) => {
    const { of, preset } = alarm;
    const shared = names.indexOf(names[index]!) !== names.lastIndexOf(names[index]!);
    const whose = of.of ?? of.kind;
    const id = `${pascal(of.kind)}${pascal(of.name)}${pascal(preset)}`;
    const own = ids.has(id) ? `${pascal(of.kind)}Of${pascal(whose)}${pascal(of.name)}${pascal(preset)}` : id;
    ids.add(own);
    // All of those that would share a name say whose they are: no alarm then takes a name that another one gives up.
    return { ...alarm, id: own, name: fitName(shared ? `${names[index]}-of-${whose}` : names[index]!, 255) };
  });
}

/** Eight tenths of what there is: time left to do something. */
const SHARE = 0.8;

/** Where the value depends on the size of what is watched. */
function thresholdOf(preset: string, { name }: Watched, { observability }: AppSettings): number | undefined {
  const most = preset === 'db-connections' ? observability.maxConnections[name] : undefined;
  return most === undefined ? undefined : Math.floor(most * SHARE);
}

/** The server of a Next.js application is none of the configuration's functions. */
const secondsOf = (name: string, functions: AppSettings['functions']): number =>
  functions[name]?.timeoutSeconds ?? SERVER_SECONDS;
