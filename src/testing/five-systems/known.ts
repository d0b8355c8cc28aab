import type { System } from './system-project.ts';

/** What of an environment is not as one would wish, each with the reason; a test fails when an entry is needed no longer. */
export interface Known {
  /** Requests that the sandbox cannot be asked, by component, method and path. */
  unasked?: Readonly<Record<string, string>>;
  /** What `doctor` finds, by check and subject. */
  doctor?: Readonly<Record<string, string>>;
  /** What it finds on some machines and not on others: virtual time passes beside functions that really run. */
  perhaps?: Readonly<Record<string, string>>;
}

const NO_BALANCER = 'the sandbox simulates no data plane of load balancers: targets are healthy, nobody answers';
const NO_DATABASE =
  'the publisher really runs and finds no database: those of the sandbox are simulated where no PostgreSQL is';

const ROTATES = {
  'function-errors functions.main-rotation':
    'the function that rotates the password really runs and finds no database: it is simulated where no PostgreSQL is',
};
const FAILS = { 'function-errors functions.event-publisher': NO_DATABASE };
const rings = (prefix: string) => ({
  ...FAILS,
  [`alarms ${prefix}-event-publisher-dlq-not-empty`]: NO_DATABASE,
  [`alarms ${prefix}-event-publisher-function-errors`]: NO_DATABASE,
});

const EXPRESS_HEALTH = { 'services.api GET /health': NO_BALANCER };
const DJANGO_HEALTH = { 'services.web GET /api/v1/health': NO_BALANCER };

/** By system and environment, as far as a test takes them through their life. `docs/systems.md` is made of it. */
export const KNOWN: Readonly<Record<System, Readonly<Record<string, Known>>>> = {
  'event-scheduling': {
    local: {},
    dev: {},
    staging: {},
    production: {
      perhaps: {
        'alarms bday-production-scheduler-function-throttles':
          'it runs once at a time, and virtual minutes may pass until its process has started',
      },
    },
  },
  'express-workers': {
    dev: { unasked: EXPRESS_HEALTH, doctor: ROTATES },
    staging: {
      unasked: EXPRESS_HEALTH,
      doctor: {
        ...ROTATES,
        'queues queues.notifications': 'true, and meant: the test sends a message that nobody can read',
      },
    },
    prod: {
      unasked: EXPRESS_HEALTH,
      doctor: {
        ...ROTATES,
        'ways-out network': 'true, and meant: three zones with two gateways, as the source system has it',
      },
    },
  },
  pikaia: {
    demo: { unasked: DJANGO_HEALTH, doctor: rings('pikaia-demo') },
    prod: { unasked: DJANGO_HEALTH, doctor: rings('pikaia-prod') },
    myproject: { unasked: DJANGO_HEALTH, doctor: rings('pikaia-myproject') },
  },
  'stream-sales': { dev: {}, staging: {}, production: {} },
  tango: {
    dev: { unasked: DJANGO_HEALTH, doctor: FAILS },
    prod: { unasked: DJANGO_HEALTH, doctor: rings('tango-prod') },
  },
};
