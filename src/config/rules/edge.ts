import { type Finding, PROD_WARNING, type Rule, type RuleContext } from './rule.ts';

export const EDGE_RULES: readonly Rule[] = [
  {
    id: 'origin-verify-alone',
    title: 'A load balancer that answers to CloudFront alone has a site that leads to it',
    severity: 'error',
    check: function* ({ blocks }) {
      const { edge, services, shared } = blocks;
      const isBalanced = shared.mode !== 'consume' && Object.values(services).some(({ http }) => http);
      if (edge.originVerify && isBalanced && ledTo(blocks, 'service.').length === 0)
        yield {
          path: ['edge', 'originVerify'],
          message: 'The load balancer would turn everybody away: no site sends requests to a service (F-120)',
          remedy: 'give a site of kind spa apiPaths to the service, or remove edge.originVerify',
        };
    },
  },
  {
    id: 'waf-behind-site',
    title: 'A firewall in production counts the addresses of people, not those of CloudFront',
    severity: PROD_WARNING,
    check: function* ({ blocks }) {
      const { edge, shared, apis } = blocks;
      const [service] = ledTo(blocks, 'service.');
      if (edge.waf && !edge.originVerify && shared.mode !== 'consume' && service)
        yield {
          path: ['edge', 'originVerify'],
          message: `${service} is behind a site, and the firewall of the load balancer takes all that come through one of CloudFront's addresses for one sender`,
          remedy: 'write originVerify: true, and they are counted at the site alone',
        };
      for (const reference of ledTo(blocks, 'api.')) {
        const name = reference.slice('api.'.length);
        if (apis[name]?.waf) yield counted(name);
      }
    },
  },
];

/** What sites of the environment send requests to. */
const ledTo = ({ sites }: RuleContext['blocks'], kind: string): string[] => [
  ...new Set(
    Object.values(sites).flatMap((site) =>
      site.kind === 'spa' ? Object.values(site.apiPaths).filter((reference) => reference.startsWith(kind)) : [],
    ),
  ),
];

const counted = (name: string): Finding => ({
  path: ['apis', name, 'waf'],
  message: `apis.${name} is behind a site, and its firewall takes all that come through one of CloudFront's addresses for one sender`,
  remedy: 'write waf: false there and edge: { waf: true }, or let the site ask another API',
});
