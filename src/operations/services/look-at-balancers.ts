import type { Listener } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Session } from '../../context.ts';
import type { DeployedService } from './deployed-services.ts';

/** A load balancer, and the services of ours that it leads to. */
export interface ServingBalancer {
  arn: string;
  /** `app/<name>/<id>`, as metrics call it. */
  name: string;
  services: DeployedService[];
}

/** The load balancers of these services: as a rule all stand behind one, which may be that of others. */
export async function servingBalancers(
  { aws }: Pick<Session, 'aws'>,
  services: readonly DeployedService[],
): Promise<ServingBalancer[]> {
  const web = services.filter(({ targetGroupArn }) => targetGroupArn !== undefined);
  const places = await Promise.all(
    web.map(async (service) => ({
      service,
      arns: (await aws.elb.targetGroup(service.targetGroupArn!))?.LoadBalancerArns ?? [],
    })),
  );
  const found = new Map<string, DeployedService[]>();
  for (const { service, arns } of places) for (const arn of arns) found.set(arn, [...(found.get(arn) ?? []), service]);
  return [...found].map(([arn, behind]) => ({ arn, name: arn.split(':loadbalancer/')[1] ?? arn, services: behind }));
}

/** A service whose host the listener has no certificate for: clients are shown that of somebody else (F-72). */
export interface Uncovered {
  service: string;
  host: string;
  listener: string;
  /** Hosts that its certificates are for. */
  shown: string[];
  /** The certificate that it should have, where we know it. */
  certificate: string | undefined;
}

/** `certificates`: those that were requested for this environment, by `<region>/<domain>`. */
export async function uncoveredHosts(
  { aws, environment, target }: Pick<Session, 'aws' | 'environment' | 'target'>,
  balancers: readonly ServingBalancer[],
  certificates: Readonly<Record<string, string>>,
): Promise<{ looked: number; uncovered: Uncovered[] }> {
  const { services } = environment.blocks;
  let looked = 0;
  const found = await Promise.all(
    balancers.map(async ({ arn, services: behind }): Promise<Uncovered[]> => {
      const hosts = behind.flatMap(({ name }) => {
        const { domain, certificate } = services[name]?.http ?? {};
        return domain && certificate && certificate !== 'none' ? [{ name, domain, certificate }] : [];
      });
      if (hosts.length === 0) return [];
      const listener = (await aws.elb.listeners(arn)).find(isHttps);
      if (!listener) return [];
      const arns = await aws.elb.listenerCertificates(listener.ListenerArn!);
      const names = (await Promise.all(arns.map(async (one) => namesOf(await aws.acm.certificate(one))))).flat();
      looked += hosts.length;
      return hosts
        .filter(({ domain }) => !names.some((name) => isFor(name, domain)))
        .map(({ name, domain, certificate }) => ({
          service: name,
          host: domain,
          listener: listener.ListenerArn!,
          shown: names,
          certificate: certificate === 'auto' ? certificates[`${target.region}/${domain}`] : certificate,
        }));
    }),
  );
  return { looked, uncovered: found.flat() };
}

const isHttps = ({ Protocol, Port }: Listener): boolean => Protocol === 'HTTPS' && Port === 443;

const namesOf = (certificate: Awaited<ReturnType<Session['aws']['acm']['certificate']>>): string[] =>
  certificate ? [...new Set([certificate.DomainName ?? '', ...(certificate.SubjectAlternativeNames ?? [])])] : [];

/** A wildcard stands for one label: https://datatracker.ietf.org/doc/html/rfc6125#section-6.4.3 */
const isFor = (name: string, host: string): boolean =>
  name === host || (name.startsWith('*.') && name.slice(2) === host.slice(host.indexOf('.') + 1));
