import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { UNPROXY } from '../../../domain/dns-proxy.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { lookAtNames } from '../../../operations/dns/names.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';

/** Those that lead nowhere yet are not sick: `dns status` says which record they wait for. */
export const hostNames: Check = {
  id: 'host-names',
  title: 'No host name leads to somebody else, or to a proxy before us',
  group: 'the environment',
  needs: ['credentials'],
  async run(scene) {
    const session = await scene.open();
    const names = await lookAtNames(session);
    if (names.length === 0) return skipped('nothing that is deployed has a host name of its own');
    const flags = environmentFlags(session.environment);
    const ill = names.flatMap(({ domain, of, state, leadsTo, target }): Finding[] => {
      const common = { severity: 'warning', subject: of, evidence: [evidenceOf('DNS', domain, leadsTo)] } as const;
      if (state === 'proxied')
        return [
          sick({
            ...common,
            detail: `${domain} is answered by Cloudflare's proxy, so that nobody sees whether it leads to ${target.host}`,
            remedy: `${UNPROXY}; platform dns status ${flags} looks again`,
          }),
        ];
      if (state !== 'elsewhere') return [];
      return [
        sick({
          ...common,
          detail: `${domain} leads to ${leadsTo.join(', ')}, not to ${target.host}`,
          remedy: `platform dns write ${flags} changes it where its zone is in this account, and says the record where it is not`,
        }),
      ];
    });
    return ill.length > 0 ? ill : ok(names.map(({ domain }) => domain).join(', '));
  },
};
