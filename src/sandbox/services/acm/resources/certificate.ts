import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { changeResourceRecordSets } from '../../route53/operations/record-sets.ts';
import { addTagsToCertificate, deleteCertificate } from '../operations/certificates.ts';
import { requestCertificate } from '../operations/request-certificate.ts';
import { certificates } from '../state.ts';
import { validationRecord } from '../validation.ts';

const LOOK_AGAIN_MS = 30_000;

/** Done when the certificate is issued; with a hosted zone for each name CloudFormation writes the records itself. */
export const certificate: ResourceProvider = {
  create(properties, { call, tags }) {
    const { CertificateArn } = requestCertificate(
      {
        DomainName: properties.DomainName,
        SubjectAlternativeNames: properties.SubjectAlternativeNames,
        ValidationMethod: properties.ValidationMethod,
        KeyAlgorithm: properties.KeyAlgorithm,
        Tags: [...tags, ...(properties.Tags ?? [])],
      },
      call,
    );
    for (const { DomainName, HostedZoneId } of properties.DomainValidationOptions ?? []) {
      if (HostedZoneId === undefined) continue;
      const { Name, Type, Value } = validationRecord(call.account, DomainName);
      const ResourceRecordSet = { Name, Type, TTL: 300, ResourceRecords: [{ Value }] };
      changeResourceRecordSets(
        { HostedZoneId, ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] } },
        call,
      );
    }
    return { status: 'pending', physicalId: CertificateArn, afterMs: LOOK_AGAIN_MS };
  },

  update({ after, physicalId }, { call, tags }) {
    certificates.in(call).update(physicalId, (draft) => {
      draft.tags = [];
    });
    addTagsToCertificate({ CertificateArn: physicalId, Tags: [...tags, ...(after.Tags ?? [])] }, call);
    return { status: 'done', physicalId };
  },

  delete(_properties, physicalId, { call }) {
    if (certificates.in(call).has(physicalId)) deleteCertificate({ CertificateArn: physicalId }, call);
    return { status: 'done', physicalId };
  },

  check(_step, physicalId, _properties, { call }) {
    const row = certificates.in(call).get(physicalId);
    if (row?.status === 'ISSUED') return { status: 'done', physicalId };
    if (!row) return { status: 'failed', physicalId, reason: `${physicalId} was deleted.`, code: 'NotStabilized' };
    // While nobody proves the domain, nothing is under way that time would have to run for.
    return { status: 'pending', physicalId, afterMs: LOOK_AGAIN_MS, background: !row.isValidating };
  },

  read(physicalId, _properties, { call }) {
    const row = certificates.in(call).get(physicalId);
    return row && { Id: row.arn, DomainName: row.domain, SubjectAlternativeNames: [...row.names] };
  },
};
