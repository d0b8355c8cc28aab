import { keepsAccessLogs } from './access-logs.ts';
import { hasEdge } from './edge-functions.ts';
import type { AppSettings } from './settings.ts';

/** What stands by itself. Everything else is a release, which is rolled out and proven as a whole. */
export const FOUNDATIONS = ['images', 'network', 'data', 'messaging', 'runtime', 'edge'] as const;
export type Foundation = (typeof FOUNDATIONS)[number];

/** Those that there is something for, in the order in which they build on each other. Nothing is synthesized for it. */
export function foundationsOf(settings: AppSettings): Foundation[] {
  const { network, services, oneOffs, repositories, queues, buses } = settings;
  const has: Record<Foundation, boolean> = {
    images: isAny(repositories),
    network: network.source.from === 'created',
    data: keepsAccessLogs(settings) || holdsData(settings),
    messaging: isAny(queues) || isAny(buses),
    runtime: isAny(services) || isAny(oneOffs),
    edge: hasEdge(settings),
  };
  return FOUNDATIONS.filter((id) => has[id]);
}

const holdsData = ({ databases, secrets, buckets }: AppSettings): boolean =>
  isAny(buckets) ||
  Object.values(databases).some(({ engine }) => engine !== 'shared') ||
  Object.values(secrets).some(({ source }) => source === 'generated');

const isAny = (things: object): boolean => Object.keys(things).length > 0;
