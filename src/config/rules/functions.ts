import { BUILTINS, builtinName } from '../../domain/builtin-functions.ts';
import { lambdaRuntime, NEWEST_NODE, newestOf, RUNTIME_END } from '../../domain/lambda-runtimes.ts';
import { nearest } from '../../domain/nearest.ts';
import { ROLLOUT_PRESETS } from '../../domain/rollout-measures.ts';
import type { LambdaFunction } from '../blocks/function.ts';
import type { Blocks } from '../blocks.ts';
import type { Finding, Rule, RuleContext, Severity } from './rule.ts';
import { isCron, rateMistake } from './schedules.ts';

/** Enough to test a newer runtime. */
const WARN_DAYS = 90;

type Said = [field: string, message: string, remedy: string, severity?: Severity];

const each = (say: (fn: LambdaFunction, context: RuleContext, name: string) => Said | undefined) =>
  function* (context: RuleContext): Iterable<Finding> {
    for (const [name, fn] of Object.entries(context.blocks.functions)) {
      const said = say(fn, context, name);
      if (said)
        yield {
          path: ['functions', name, ...said[0].split('.')],
          message: `functions.${name}: ${said[1]}`,
          remedy: said[2],
          severity: said[3],
        };
    }
  };

const answersApi = ({ apis }: Blocks, name: string) =>
  Object.values(apis).some(({ handler, routes }) =>
    [handler, ...Object.values(routes).map((route) => route.handler)].includes(`fn.${name}`),
  );

export const FUNCTION_RULES: readonly Rule[] = [
  {
    id: 'function-runtime',
    failure: 'F-104',
    title: 'Lambda has the runtime of each function',
    severity: 'error',
    check: each(({ runtime }, { today }) => {
      const end = RUNTIME_END[lambdaRuntime(runtime)];
      if (end === undefined)
        return [
          'runtime',
          `platform does not know the runtime ${runtime}`,
          `write ${nearest(runtime, Object.keys(RUNTIME_END)) ?? NEWEST_NODE}`,
          'warning',
        ];
      const days = (Date.parse(end) - today.getTime()) / 86_400_000;
      if (days < 0)
        return ['runtime', `${runtime} is out of support since ${end}`, `write ${newestOf(runtime)}, and test it`];
      return days < WARN_DAYS
        ? ['runtime', `${runtime} is supported until ${end} only`, `write ${newestOf(runtime)}, and test it`, 'warning']
        : undefined;
    }),
  },
  {
    id: 'function-builtin',
    title: 'A built-in function exists',
    severity: 'error',
    waivable: false,
    check: each(({ source }) => {
      const name = builtinName(source);
      return name !== undefined && !BUILTINS.includes(name)
        ? [
            'source',
            `there is no built-in function ${name}`,
            `write builtin:${nearest(name, BUILTINS) ?? BUILTINS.join(', builtin:')}`,
          ]
        : undefined;
    }),
  },
  {
    id: 'function-outbox',
    title: 'The outbox publisher has a table, a database and a bus',
    severity: 'error',
    waivable: false,
    check: each(({ source, outbox, uses }) => {
      const publisher = source === 'builtin:outbox-publisher';
      if (publisher && !outbox) return ['outbox', 'the outbox publisher needs a table', 'add outbox: { table: … }'];
      if (!publisher && outbox)
        return ['outbox', 'outbox does nothing here', 'write source: builtin:outbox-publisher, or remove outbox'];
      if (!publisher) return undefined;
      const lacks = ['db', 'bus'].filter((type) => !uses.some((one) => one.startsWith(`${type}.`)));
      return lacks.length > 0
        ? [
            'uses',
            `the outbox publisher reads a database and writes to a bus; uses names no ${lacks.join(' and no ')}`,
            `add ${lacks.map((type) => `${type}.<name>`).join(' and ')} to uses`,
          ]
        : undefined;
    }),
  },
  {
    id: 'function-schedule',
    title: 'AWS understands each schedule',
    severity: 'error',
    check: each(({ trigger }) => {
      if (trigger?.on !== 'schedule') return undefined;
      if (trigger.timezone !== undefined && trigger.rate.startsWith('rate('))
        return ['trigger.timezone', `${trigger.rate} goes by no clock`, 'write cron(…), or remove timezone'];
      const right = rateMistake(trigger.rate);
      if (right) return ['trigger.rate', `AWS does not take ${trigger.rate}`, `write ${right}`];
      return isCron(trigger.rate)
        ? undefined
        : [
            'trigger.rate',
            `${trigger.rate} has not six fields with one ? among day of month and day of week`,
            'write for example cron(0 20 ? * MON-FRI *)',
          ];
    }),
  },
  {
    id: 'function-api-timeout',
    failure: 'F-125',
    title: 'A function that answers an API does so before API Gateway gives up',
    severity: 'warning',
    check: each(({ timeoutSeconds }, { blocks }, name) =>
      timeoutSeconds > 29 && answersApi(blocks, name)
        ? [
            'timeoutSeconds',
            `API Gateway waits for 29 seconds, the function may take ${timeoutSeconds}`,
            'write timeoutSeconds: 29',
          ]
        : undefined,
    ),
  },
  {
    id: 'function-rollout-alarm',
    title: 'Traffic goes back on alarms that a function can ring',
    severity: 'error',
    waivable: false,
    check: each(({ rollout }) => {
      if (rollout.type === 'all-at-once') return undefined;
      const unknown = rollout.rollbackOn.find((preset) => !ROLLOUT_PRESETS.includes(preset));
      return unknown === undefined
        ? undefined
        : [
            'rollout.rollbackOn',
            `${unknown} says nothing about a function`,
            `write ${nearest(unknown, ROLLOUT_PRESETS) ?? ROLLOUT_PRESETS.join(', ')}`,
          ];
    }),
  },
  {
    id: 'function-network',
    title: 'A function in the VPC has a way to AWS',
    severity: 'warning',
    check: each(({ uses }, { blocks }) => {
      const { nat, endpoints, existing } = blocks.network;
      const isInVpc = uses.some((one) => one.startsWith('db.'));
      if (!isInVpc || existing || blocks.shared.mode === 'consume' || nat !== 'none') return undefined;
      return endpoints.includes('secretsmanager')
        ? undefined
        : [
            'uses',
            'a database places it in private subnets, which lead nowhere: it cannot read its secret, and calls hang until the timeout',
            'add network.nat, or network.endpoints: [secretsmanager] and what else it calls',
          ];
    }),
  },
  {
    id: 'function-paused',
    title: 'A function may run',
    severity: 'warning',
    check: each(({ reservedConcurrency }) =>
      reservedConcurrency === 0
        ? ['reservedConcurrency', 'with reservedConcurrency 0 it never runs', 'remove reservedConcurrency']
        : undefined,
    ),
  },
];
