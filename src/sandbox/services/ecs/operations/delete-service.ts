import type { DeleteServiceCommandInput, DeleteServiceCommandOutput } from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalid, serviceNotActive } from '../faults.ts';
import { serviceOf } from '../lookups.ts';
import { wake } from '../scheduler/wake.ts';
import { serviceAnswer } from '../service-answer.ts';
import { services } from '../state.ts';

/** The service drains; it can be described as DRAINING, then as INACTIVE. */
export const deleteService: Operation<DeleteServiceCommandInput, Answer<DeleteServiceCommandOutput>> = (
  { cluster, service, force },
  call,
) => {
  const row = serviceOf(call, cluster, service);
  const key = `${row.cluster}/${row.serviceName}`;
  if (row.status === 'INACTIVE') throw serviceNotActive();
  if (row.status === 'ACTIVE' && row.desiredCount > 0 && !force)
    throw invalid('The service cannot be stopped while it is scaled above 0.');
  const drained = services.in(call).update(key, (draft) => {
    draft.status = 'DRAINING';
    draft.desiredCount = 0;
  });
  wake(call, key);
  return { service: serviceAnswer(call, drained, { tags: true }) };
};
