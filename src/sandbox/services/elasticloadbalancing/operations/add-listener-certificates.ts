import type {
  AddListenerCertificatesInput,
  AddListenerCertificatesOutput,
  RemoveListenerCertificatesInput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { checkCertificate, checkCertificateCount } from '../certificates.ts';
import { invalid, required } from '../faults.ts';
import { listenerOf } from '../lookups.ts';
import { listeners } from '../state.ts';

/** A certificate that is there already is no error. */
export const addListenerCertificates: Operation<AddListenerCertificatesInput, AddListenerCertificatesOutput> = (
  input,
  call,
) => {
  const before = listenerOf(call, input.ListenerArn);
  if (before.Protocol !== 'HTTPS') {
    throw invalid(`Certificates cannot be added to a listener of protocol ${before.Protocol}`);
  }
  const wanted = required(input.Certificates, 'certificates');
  for (const { CertificateArn } of wanted) checkCertificate(call, CertificateArn);
  const fresh = wanted.filter(
    ({ CertificateArn }) => !before.certificates.slice(1).some((each) => each.CertificateArn === CertificateArn),
  );
  checkCertificateCount(before.certificates.length + fresh.length);
  const after = listeners.in(call).update(before.ListenerArn, (draft) => {
    draft.certificates.push(...fresh.map(({ CertificateArn }) => ({ CertificateArn })));
  });
  return {
    Certificates: after.certificates
      .slice(1)
      .filter(({ CertificateArn }) => wanted.some((each) => each.CertificateArn === CertificateArn))
      .map((certificate) => ({ ...certificate, IsDefault: false })),
  };
};

export const removeListenerCertificates: Operation<RemoveListenerCertificatesInput, Record<never, never>> = (
  input,
  call,
) => {
  const before = listenerOf(call, input.ListenerArn);
  const gone = required(input.Certificates, 'certificates').map(({ CertificateArn }) => CertificateArn);
  const added = before.certificates.slice(1);
  const isDefaultOnly = gone.some(
    (arn) =>
      arn === before.certificates[0]?.CertificateArn && !added.some(({ CertificateArn }) => CertificateArn === arn),
  );
  if (isDefaultOnly) {
    throw new AwsFault('OperationNotPermitted', 'Default certificate cannot be removed');
  }
  listeners.in(call).update(before.ListenerArn, (draft) => {
    draft.certificates = [
      ...draft.certificates.slice(0, 1),
      ...draft.certificates.slice(1).filter(({ CertificateArn }) => !gone.includes(CertificateArn)),
    ];
  });
  return {};
};
