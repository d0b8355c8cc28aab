import type { Service } from '../blocks/service.ts';
import type { Sidecar } from '../blocks/sidecar.ts';
import type { ValuePath } from '../value-path.ts';
import { type Finding, PROD_WARNING, type Rule, type RuleContext } from './rule.ts';

interface Placed {
  name: string;
  sidecar: Sidecar;
  service: Service;
  context: RuleContext;
}

const each = (say: (placed: Placed) => [field: ValuePath, message: string, remedy: string] | undefined) =>
  function* (context: RuleContext): Iterable<Finding> {
    for (const [of, service] of Object.entries(context.blocks.services))
      for (const [name, sidecar] of Object.entries(service.sidecars)) {
        const [field, message, remedy] = say({ name, sidecar, service, context }) ?? [];
        if (field === undefined) continue;
        const path = ['services', of, 'sidecars', name, ...field];
        yield { path, message: `services.${of}.sidecars.${name}: ${message}`, remedy: remedy! };
      }
  };

const ofEcr = (image: string) => /^\d{12}\.dkr\.ecr\./.test(image);

export const SIDECAR_RULES: readonly Rule[] = [
  {
    id: 'sidecar-name',
    title: 'Each container of a task has a name of its own',
    severity: 'error',
    waivable: false,
    check: each(({ name, service }) =>
      name === service.container
        ? [[], `the container of the service is called ${name} too`, 'give the sidecar another name']
        : undefined,
    ),
  },
  {
    id: 'sidecar-port',
    title: 'Each port of a task is one container’s',
    severity: 'error',
    check: each(({ name, sidecar: { port }, service }) => {
      const [other] = Object.entries(service.sidecars).find(([one, found]) => one < name && found.port === port) ?? [];
      const taken = port === service.port ? 'the service' : other && `sidecar ${other}`;
      return port !== undefined && taken
        ? [['port'], `${taken} listens on ${port} too, and the containers of a task share its ports`, 'change one']
        : undefined;
    }),
  },
  {
    id: 'sidecar-memory',
    title: 'Sidecars leave memory for the service',
    severity: 'error',
    check: each(({ name, sidecar: { memory = 0 }, service }) => {
      const before = Object.entries(service.sidecars).filter(([one]) => one < name);
      const together = before.reduce((sum, [, one]) => sum + (one.memory ?? 0), memory);
      return memory > 0 && together >= service.memory
        ? [
            ['memory'],
            `sidecars may take ${together} MiB, and the whole task has ${service.memory}`,
            'lower it or raise memory of the service',
          ]
        : undefined;
    }),
  },
  {
    id: 'sidecar-reach',
    failure: 'F-45',
    title: 'A task reaches the registry of each sidecar',
    severity: 'error',
    check: each(({ sidecar: { image }, context: { blocks } }) => {
      const { nat, endpoints, existing } = blocks.network;
      const isClosed = nat === 'none' && endpoints.length > 0 && !existing && blocks.shared.mode !== 'consume';
      return isClosed && !ofEcr(image)
        ? [
            ['image'],
            `the network has no way to the registry of ${image}`,
            'add network.nat, or copy the image into a repository of your ECR',
          ]
        : undefined;
    }),
  },
  {
    id: 'prod-sidecar-digest',
    title: 'In production sidecars are what was tried',
    severity: PROD_WARNING,
    check: each(({ sidecar: { image } }) =>
      image.includes('@sha256:')
        ? undefined
        : [
            ['image'],
            `${image} may be another image at the next start of a task`,
            'name it by digest: <image>@sha256:…',
          ],
    ),
  },
];
