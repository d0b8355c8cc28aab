import { createHash } from 'node:crypto';
import type { Certificate } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { addListenerCertificates, removeListenerCertificates } from '../operations/add-listener-certificates.ts';
import { listeners } from '../state.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-listenercertificate.html */
export const listenerCertificate: ResourceProvider = {
  async create(properties, { call }) {
    await addListenerCertificates(
      { ListenerArn: properties.ListenerArn, Certificates: certificatesOf(properties) },
      call,
    );
    return { status: 'done', physicalId: idOf(properties) };
  },
  async update({ before, after, physicalId }, { call }) {
    const gone = certificatesOf(before).filter(
      ({ CertificateArn }) => !certificatesOf(after).some((each) => each.CertificateArn === CertificateArn),
    );
    await addListenerCertificates({ ListenerArn: after.ListenerArn, Certificates: certificatesOf(after) }, call);
    if (gone.length > 0) await removeListenerCertificates({ ListenerArn: after.ListenerArn, Certificates: gone }, call);
    return { status: 'done', physicalId };
  },
  async delete(properties, physicalId, { call }) {
    if (listeners.in(call).has(properties.ListenerArn)) {
      await removeListenerCertificates(
        { ListenerArn: properties.ListenerArn, Certificates: certificatesOf(properties) },
        call,
      );
    }
    return { status: 'done', physicalId };
  },
  read(_physicalId, properties, { call }) {
    const row = listeners.in(call).get(properties.ListenerArn);
    const present = certificatesOf(properties).filter(({ CertificateArn }) =>
      row?.certificates.slice(1).some((each) => each.CertificateArn === CertificateArn),
    );
    return row && present.length > 0 ? { ListenerArn: row.ListenerArn, Certificates: present } : undefined;
  },
};

const certificatesOf = ({ Certificates = [] }: Properties): Certificate[] =>
  (Certificates as Properties[]).map(({ CertificateArn }) => ({ CertificateArn }));

/** No service has an id for this; CloudFormation makes one up. */
const idOf = (properties: Properties): string =>
  createHash('sha256').update(JSON.stringify(properties)).digest('hex').slice(0, 32);
