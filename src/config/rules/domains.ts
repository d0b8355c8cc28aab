import type { Rule, RuleContext } from './rule.ts';

/** Who answers to which host name. */
export function* domainsOf({ blocks }: Pick<RuleContext, 'blocks'>): Iterable<{ path: string[]; domain: string }> {
  for (const [name, { http }] of Object.entries(blocks.services))
    if (http?.domain) yield { path: ['services', name, 'http', 'domain'], domain: http.domain };
  for (const [name, { domain }] of Object.entries(blocks.apis))
    if (domain) yield { path: ['apis', name, 'domain'], domain };
  for (const [name, { domain }] of Object.entries(blocks.sites))
    if (domain) yield { path: ['sites', name, 'domain'], domain };
}

/** Everything that may be given a certificate, and where that has to be. */
function* certificatesOf({ blocks, region }: RuleContext) {
  for (const [name, { http }] of Object.entries(blocks.services))
    if (http) yield { path: ['services', name, 'http', 'certificate'], certificate: http.certificate, region };
  for (const [name, { certificate }] of Object.entries(blocks.apis))
    yield { path: ['apis', name, 'certificate'], certificate, region };
  for (const [name, { certificate }] of Object.entries(blocks.sites))
    yield { path: ['sites', name, 'certificate'], certificate, region: 'us-east-1' };
}

export const DOMAIN_RULES: readonly Rule[] = [
  {
    id: 'domain-twice',
    title: 'A host name leads to one place',
    severity: 'error',
    check: function* (context) {
      const first = new Map<string, string>();
      for (const { path, domain } of domainsOf(context)) {
        const owner = `${path[0]}.${path[1]}`;
        const other = first.get(domain);
        if (other)
          yield {
            path,
            message: `${owner} and ${other} both answer to ${domain}`,
            remedy: 'give one of them another domain',
          };
        else first.set(domain, owner);
      }
    },
  },
  {
    id: 'domain-certificate',
    title: 'What has a host name has a certificate for it',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const kind of ['apis', 'sites'] as const)
        for (const [name, { domain, certificate }] of Object.entries(blocks[kind]))
          if (domain && certificate === 'none')
            yield {
              path: [kind, name, 'certificate'],
              message: `${kind}.${name}: ${domain} needs a certificate`,
              remedy: 'write certificate: auto, or remove the domain',
            };
    },
  },
  {
    id: 'certificate-region',
    title: 'A certificate is where it is used: us-east-1 for CloudFront, the region of the environment for the rest',
    severity: 'error',
    check: function* (context) {
      for (const { path, certificate, region } of certificatesOf(context)) {
        const at = certificate.split(':')[3];
        if (certificate.startsWith('arn:') && at !== region)
          yield {
            path,
            message: `${path[0]}.${path[1]}: the certificate is in ${at}, it has to be in ${region}`,
            remedy: `request one in ${region}, or write certificate: auto`,
            failure: path[0] === 'sites' ? 'F-109' : 'F-69',
          };
      }
    },
  },
];
