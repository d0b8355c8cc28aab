import type {
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { listenerOf } from '../lookups.ts';
import { onePage } from '../paging.ts';

export const describeListenerCertificates: Operation<
  DescribeListenerCertificatesInput,
  DescribeListenerCertificatesOutput
> = (input, call) => {
  const { items, next } = onePage(listenerOf(call, input.ListenerArn).certificates, input);
  const first = listenerOf(call, input.ListenerArn).certificates[0];
  return {
    Certificates: items.map((certificate) => ({ ...certificate, IsDefault: certificate === first })),
    NextMarker: next,
  };
};
