import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { sightText } from '../../../domain/record-sight.ts';
import { recordOf, sightOf } from '../../../operations/certificates/certificate-record.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';

/** ACM renews 60 days before the end, as long as the DNS record stands: https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html */
const RENEWED_DAYS = 30;

export const certificates: Check = {
  id: 'certificates',
  title: 'Every certificate is issued, and not about to end',
  group: 'the environment',
  needs: ['credentials'],
  async run(scene) {
    const session = await scene.open();
    const { aws, clock, environment } = session;
    const { state } = await scene.state();
    const { services, sites } = environment.blocks;
    const domains = new Set([
      ...Object.values(services).map(({ http }) => http?.domain),
      ...Object.values(sites).map(({ domain }) => domain),
    ]);
    const known = Object.entries(state.certificates).filter(([place]) =>
      domains.has(place.slice(place.indexOf('/') + 1)),
    );
    if (known.length === 0) return skipped('none was requested here');
    const found = await Promise.all(
      known.map(async ([place, arn]): Promise<Finding[]> => {
        const [region = '', domain = ''] = [place.slice(0, place.indexOf('/')), place.slice(place.indexOf('/') + 1)];
        const certificate = await aws.in(region).acm.certificate(arn);
        const common = { severity: 'error', subject: domain } as const;
        const flags = environmentFlags(environment);
        if (!certificate)
          return [
            sick({
              ...common,
              detail: `its certificate ${arn} is not there any more`,
              evidence: [evidenceOf('acm:DescribeCertificate', arn, undefined)],
              remedy: `platform deploy ${flags} requests a new one`,
              failure: 'F-69',
            }),
          ];
        const { DomainValidationOptions: [validation] = [], FailureReason, NotAfter, Status } = certificate;
        const status = evidenceOf('acm:DescribeCertificate', 'Certificate.Status', Status);
        const record = validation?.ResourceRecord;
        const waits = record ? `; it waits for ${record.Name} CNAME ${record.Value}` : '';
        if (Status === 'PENDING_VALIDATION') {
          const wanted = recordOf(certificate);
          const seen = wanted ? await sightOf(session, wanted) : null;
          const wrong = wanted && sightText(seen, wanted);
          return [
            sick({
              ...common,
              detail: `its certificate is not issued yet${waits}${wrong ? `. ${wrong}` : ''}`,
              evidence: [
                status,
                ...(wrong ? [evidenceOf('DNS', wanted.name, seen)] : []),
                evidenceOf('acm:DescribeCertificate', 'DomainValidationOptions[0].ResourceRecord', record),
              ],
              remedy: record
                ? `create exactly this record (DNS only, not proxied), then platform cert wait ${flags}`
                : `platform deploy ${flags} says which record it waits for`,
              failure: 'F-70',
            }),
          ];
        }
        if (Status !== 'ISSUED')
          return [
            sick({
              ...common,
              detail: `its certificate is ${Status}${FailureReason ? `: ${FailureReason}` : ''}`,
              evidence: [status, evidenceOf('acm:DescribeCertificate', 'Certificate.FailureReason', FailureReason)],
              remedy: `platform cert request ${flags} asks for a new one in its place`,
              failure: 'F-70',
            }),
          ];
        const days = NotAfter ? Math.floor((NotAfter.getTime() - clock.now()) / 86_400_000) : Infinity;
        if (days >= RENEWED_DAYS) return [];
        return [
          sick({
            ...common,
            severity: days < 0 ? 'error' : 'warning',
            detail: `its certificate ${days < 0 ? 'has ended' : `ends in ${days} days`}, and ACM has not renewed it${waits}`,
            evidence: [evidenceOf('acm:DescribeCertificate', 'Certificate.NotAfter', NotAfter?.toISOString())],
            remedy: record
              ? `${record.Name} CNAME ${record.Value} has to stand in the DNS of ${domain}: create it again`
              : 'see why in the console of ACM',
            failure: 'F-70',
          }),
        ];
      }),
    );
    const ill = found.flat();
    return ill.length > 0 ? ill : ok(`${known.length} issued`);
  },
};
