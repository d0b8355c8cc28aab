import { COLLECTOR, LEFT_FOR_SERVICE } from '../../domain/trace-collector.ts';
import type { Service } from '../blocks/service.ts';
import type { ValuePath } from '../value-path.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';

type Said = [field: ValuePath, message: string, remedy: string];

const each = (say: (service: Service, context: RuleContext) => Iterable<Said>) =>
  function* (context: RuleContext): Iterable<Finding> {
    if (!context.blocks.observability.tracing) return;
    for (const [name, service] of Object.entries(context.blocks.services))
      for (const [field, message, remedy] of say(service, context))
        yield { path: ['services', name, ...field], message: `services.${name}: ${message}`, remedy };
  };

/** Ports of a task by who listens on them. */
const listeners = ({ port, sidecars }: Service): [ValuePath, number | undefined][] => [
  [['port'], port],
  ...Object.entries(sidecars).map(([name, { port: of }]): [ValuePath, number | undefined] => [
    ['sidecars', name, 'port'],
    of,
  ]),
];

const isOfEcr = (image: string) => /^\d{12}\.dkr\.ecr\./.test(image);

export const TRACING_RULES: readonly Rule[] = [
  {
    id: 'tracing-memory',
    title: 'The collector of traces leaves memory for the service',
    severity: 'error',
    check: each(function* ({ memory, sidecars }, { blocks }) {
      const taken = Object.values(sidecars).reduce((sum, one) => sum + (one.memory ?? 0), 0);
      const own = blocks.observability.collector.memory;
      const left = memory - own - taken;
      if (left < LEFT_FOR_SERVICE)
        yield [
          ['memory'],
          `of ${memory} MiB the collector of traces takes ${own}${taken > 0 ? ` and sidecars ${taken}` : ''}: ${Math.max(left, 0)} are left`,
          'raise memory of the service, lower observability.collector.memory, or write observability: { tracing: false }',
        ];
    }),
  },
  {
    id: 'tracing-port',
    title: 'The ports of the collector are free',
    severity: 'error',
    check: each(function* (service) {
      for (const [path, port] of listeners(service))
        if (port !== undefined && (COLLECTOR.ports as readonly number[]).includes(port))
          yield [
            path,
            `the collector of traces listens on ${port} too, and the containers of a task share its ports`,
            `listen on another port than ${COLLECTOR.ports.join(', ')}`,
          ];
    }),
  },
  {
    id: 'tracing-name',
    title: 'The name of the collector is free',
    severity: 'error',
    waivable: false,
    check: each(function* ({ container, sidecars }) {
      const remedy = 'give it another name';
      if (container === COLLECTOR.name) yield [['container'], `the collector of traces is called ${container}`, remedy];
      if (Object.hasOwn(sidecars, COLLECTOR.name))
        yield [['sidecars', COLLECTOR.name], `the collector of traces is called ${COLLECTOR.name}`, remedy];
    }),
  },
  {
    id: 'tracing-reach',
    failure: 'F-45',
    title: 'Tasks reach the image of the collector, and X-Ray',
    severity: 'error',
    check: function* ({ blocks }) {
      const { network, observability, services, shared } = blocks;
      const isClosed =
        network.nat === 'none' && network.endpoints.length > 0 && !network.existing && shared.mode !== 'consume';
      if (!observability.tracing || Object.keys(services).length === 0 || !isClosed) return;
      const { image } = observability.collector;
      if (!isOfEcr(image))
        yield {
          path: ['observability', 'collector', 'image'],
          message: `observability.collector: the network has no way to the registry of ${image}`,
          remedy:
            'add network.nat, or copy the image into a repository of your ECR and name it in observability.collector.image',
        };
      if (!network.endpoints.includes('xray'))
        yield {
          path: ['network', 'endpoints'],
          message: 'network.nat is none, and there is no endpoint for xray, where the traces go',
          remedy: 'add xray to endpoints',
        };
    },
  },
];
