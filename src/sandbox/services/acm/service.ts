import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import {
  addTagsToCertificate,
  deleteCertificate,
  describeCertificate,
  listCertificates,
  listTagsForCertificate,
  removeTagsFromCertificate,
} from './operations/certificates.ts';
import { requestCertificate } from './operations/request-certificate.ts';
import { certificate } from './resources/certificate.ts';
import { ISSUE_DUE, issueCertificate } from './validation.ts';

export const acm: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-acm'),
  client: 'ACMClient',
  operations: {
    AddTagsToCertificate: addTagsToCertificate,
    DeleteCertificate: deleteCertificate,
    DescribeCertificate: describeCertificate,
    ListCertificates: listCertificates,
    ListTagsForCertificate: listTagsForCertificate,
    RemoveTagsFromCertificate: removeTagsFromCertificate,
    RequestCertificate: requestCertificate,
  },
  timers: { [ISSUE_DUE]: issueCertificate },
  resources: { 'AWS::CertificateManager::Certificate': certificate },
};
