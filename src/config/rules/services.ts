import { isFargateSize, nearestFargateSizes } from '../../domain/fargate-sizes.ts';
import { eachService as each, type Said, when } from './each-service.ts';
import { ROLLOUT_RULES } from './rollouts.ts';
import { PROD_ERROR, PROD_WARNING, type Rule } from './rule.ts';

/**
 * 200 parameters of a stack, of which `observability` needs two for each component, and three with requests:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 * Whether fewer fit with all that is beside them, is seen by their templates (`template-limits`).
 */
export const MOST_COMPONENTS = 97;

export const SERVICE_RULES: readonly Rule[] = [
  {
    id: 'fargate-size',
    failure: 'F-54',
    title: 'Fargate has the size of each service',
    severity: 'error',
    check: each(({ cpu, memory }) => {
      const sizes = nearestFargateSizes(cpu, memory).map((size) => `cpu ${size.cpu} with memory ${size.memory}`);
      return when(
        !isFargateSize(cpu, memory),
        ['memory'],
        `cpu ${cpu} with memory ${memory} is no size of Fargate`,
        `write ${sizes.join(', or ')}`,
      );
    }),
  },
  {
    id: 'service-port',
    title: 'A web service listens on a port',
    severity: 'error',
    waivable: false,
    check: each(({ http, port }) =>
      when(
        http && port === undefined,
        ['port'],
        'http needs a port',
        'add the port that the container listens on, such as port: 3000',
      ),
    ),
  },
  {
    id: 'service-health',
    title: 'The load balancer knows what to ask a web service',
    severity: 'error',
    waivable: false,
    check: each(({ http, health }) =>
      when(
        http && health?.path === undefined,
        ['health', 'path'],
        'http needs a path that says whether a task is healthy',
        'add health: { path: /health }',
      ),
    ),
  },
  {
    id: 'health-timing',
    title: 'A health check ends before the next begins',
    severity: 'error',
    check: each(({ health }) =>
      when(
        health && health.timeoutSeconds >= health.intervalSeconds,
        ['health', 'timeoutSeconds'],
        `a check may take ${health?.timeoutSeconds} seconds, but the next begins after ${health?.intervalSeconds}`,
        'lower timeoutSeconds or raise intervalSeconds',
      ),
    ),
  },
  {
    id: 'http-certificate',
    title: 'Plain HTTP is a decision',
    severity: 'error',
    check: each(({ http }) =>
      when(
        http?.certificate === 'none' && !http.insecure,
        ['http', 'certificate'],
        'http without a certificate needs insecure: true',
        'write certificate: auto with a domain, or insecure: true',
      ),
    ),
  },
  {
    id: 'prod-plain-http',
    title: 'Production speaks HTTPS only',
    severity: PROD_ERROR,
    check: each(({ http }) =>
      when(
        http?.insecure,
        ['http', 'insecure'],
        'plain HTTP',
        'write insecure: false and certificate: auto, with a domain',
      ),
    ),
  },
  {
    id: 'https-domain',
    title: 'HTTPS has a host name',
    severity: 'error',
    check: each(({ http }) =>
      when(
        http && http.certificate !== 'none' && http.domain === undefined,
        ['http', 'domain'],
        'https needs a domain',
        'add domain: app.example.com, or for a first try certificate: none with insecure: true',
      ),
    ),
  },
  {
    id: 'shared-domain',
    title: 'Behind a shared load balancer each service has its host name',
    severity: 'error',
    check: each(({ http }, { blocks }) =>
      when(
        blocks.shared.mode === 'consume' && http && http.domain === undefined,
        ['http', 'domain'],
        'a shared load balancer tells services apart by host name, and there is none',
        'add domain: app.example.com',
      ),
    ),
  },
  {
    id: 'scaling-range',
    title: 'There are never more tasks wanted than allowed',
    severity: 'error',
    check: each(function* ({ scaling }) {
      if (scaling.min > scaling.max)
        yield [
          ['scaling', 'max'],
          `scaling.max ${scaling.max} is below scaling.min ${scaling.min}`,
          'raise max or lower min',
        ];
      for (const [index, { min, max }] of scaling.schedule.entries())
        if (min > max)
          yield [['scaling', 'schedule', index, 'max'], `max ${max} is below min ${min}`, 'raise max or lower min'];
    }),
  },
  {
    id: 'scaling-requests',
    title: 'Only what serves requests scales by them',
    severity: 'error',
    check: each(({ http, scaling }) =>
      when(
        !http && scaling.requestsPerTarget !== undefined,
        ['scaling', 'requestsPerTarget'],
        'a service without http has no requests to scale by',
        'remove requestsPerTarget',
      ),
    ),
  },
  {
    id: 'service-rollback-alarm',
    title: 'Alarms of a rollout watch requests',
    severity: 'error',
    check: each(({ http, rollbackOn }) =>
      when(
        !http && rollbackOn.length > 0,
        ['rollbackOn'],
        `${rollbackOn.join(' and ')} watch requests, and a service without http has none`,
        'remove rollbackOn: the circuit breaker still takes back what does not start',
      ),
    ),
  },
  ...ROLLOUT_RULES,
  {
    id: 'prod-single-task',
    title: 'A production web service survives the loss of a task',
    severity: PROD_WARNING,
    check: each(({ http, scaling }) =>
      when(
        http && scaling.min < 2,
        ['scaling', 'min'],
        `with ${scaling.min} task${scaling.min === 1 ? '' : 's'} at least it is away when one fails`,
        'write scaling.min 2 or more',
      ),
    ),
  },
  {
    id: 'service-count',
    failure: 'F-17',
    title: 'What is told of all services fits into one stack',
    severity: 'error',
    check: function* ({ blocks: { services, migrations } }) {
      const own = migrations?.image && !migrations.run ? 1 : 0;
      const count = Object.keys(services).length + own;
      if (count > MOST_COMPONENTS)
        yield {
          path: ['services'],
          message: `services: ${count}${own ? ' with the container of the migrations' : ''}, and no more than ${MOST_COMPONENTS} fit: each gives stack observability two parameters or three, and CloudFormation allows 200`,
          remedy:
            'give some of them a project of their own in the same network and behind the same load balancer (shared)',
        };
    },
  },
  {
    id: 'variable-twice',
    title: 'A variable is either plain or secret',
    severity: 'error',
    check: each(({ env, secrets }) =>
      Object.keys(secrets)
        .filter((name) => Object.hasOwn(env, name))
        .map((name): Said => [['env', name], `${name} stands in env and in secrets`, 'keep one of the two']),
    ),
  },
  {
    id: 'priority-twice',
    failure: 'F-68',
    title: 'Each service has its own priority at the load balancer',
    severity: 'error',
    check: function* ({ blocks }) {
      const taken = new Map<number, string>();
      for (const [name, { http }] of Object.entries(blocks.services)) {
        if (http?.rulePriority === undefined) continue;
        const other = taken.get(http.rulePriority);
        if (other)
          yield {
            path: ['services', name, 'http', 'rulePriority'],
            message: `services.${name} and services.${other} have the same rulePriority ${http.rulePriority}`,
            remedy: 'change one, or remove both: free ones are found',
          };
        taken.set(http.rulePriority, name);
      }
    },
  },
];
