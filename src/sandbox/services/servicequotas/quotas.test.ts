import { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

it('quotas are listed by service, and more can be asked for once', async () => {
  const quotas = (await startSandbox()).client(ServiceQuotas);
  const { Services } = await quotas.listServices({ MaxResults: 2 });
  expect(Services!.map(({ ServiceCode }) => ServiceCode)).toEqual(['vpc', 'ec2']);
  const { Quotas } = await quotas.listServiceQuotas({ ServiceCode: 'lambda' });
  expect(Quotas).toMatchObject([{ QuotaCode: 'L-B99A9384', Value: 1_000 }]);
  await expect(quotas.listServiceQuotas({ ServiceCode: 'none' })).rejects.toMatchObject({
    name: 'NoSuchResourceException',
  });

  const asked = { ServiceCode: 'lambda', QuotaCode: 'L-B99A9384', DesiredValue: 2_000 };
  await expect(quotas.requestServiceQuotaIncrease({ ...asked, DesiredValue: 1_000 })).rejects.toMatchObject({
    name: 'IllegalArgumentException',
  });
  const { RequestedQuota } = await quotas.requestServiceQuotaIncrease(asked);
  expect(RequestedQuota).toMatchObject({ Status: 'PENDING', DesiredValue: 2_000 });
  await expect(quotas.requestServiceQuotaIncrease(asked)).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
  });
  const { RequestedQuotas } = await quotas.listRequestedServiceQuotaChangeHistory({});
  expect(RequestedQuotas).toEqual([RequestedQuota]);
  // Nobody has granted it.
  const { Quota } = await quotas.getServiceQuota({ ServiceCode: 'lambda', QuotaCode: 'L-B99A9384' });
  expect(Quota!.Value).toBe(1_000);
});
