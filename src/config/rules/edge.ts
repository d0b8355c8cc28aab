import type { Rule } from './rule.ts';

export const EDGE_RULES: readonly Rule[] = [
  {
    id: 'origin-verify-alone',
    title: 'A load balancer that answers to CloudFront alone has a site that leads to it',
    severity: 'error',
    check: function* ({ blocks }) {
      const { edge, services, shared, sites } = blocks;
      const isBalanced = shared.mode !== 'consume' && Object.values(services).some(({ http }) => http);
      const leads = Object.values(sites).some(
        (site) =>
          site.kind === 'spa' && Object.values(site.apiPaths).some((reference) => reference.startsWith('service.')),
      );
      if (edge.originVerify && isBalanced && !leads)
        yield {
          path: ['edge', 'originVerify'],
          message: 'The load balancer would turn everybody away: no site sends requests to a service (F-120)',
          remedy: 'give a site of kind spa apiPaths to the service, or remove edge.originVerify',
        };
    },
  },
];
