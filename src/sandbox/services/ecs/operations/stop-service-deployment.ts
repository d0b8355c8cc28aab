import type { StopServiceDeploymentCommandInput, StopServiceDeploymentCommandOutput } from '@aws-sdk/client-ecs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { serviceDeploymentNotFound } from '../faults.ts';
import { primaryOf } from '../scheduler/current.ts';
import { failDeployment } from '../scheduler/end-deployment.ts';
import { canGoBack } from '../scheduler/shift-traffic.ts';
import { serviceDeployments, services } from '../state.ts';

/**
 * ROLLBACK, the default, goes back to the last completed deployment; ABORT only stops. A deployment that is over, or
 * already on its way back, answers ConflictException.
 */
export const stopServiceDeployment: Operation<
  StopServiceDeploymentCommandInput,
  Answer<StopServiceDeploymentCommandOutput>
> = ({ serviceDeploymentArn, stopType = 'ROLLBACK' }, call) => {
  const row = serviceDeployments.in(call).get(serviceDeploymentArn ?? '');
  const service = row && services.in(call).get(row.service);
  if (!row || !service) throw serviceDeploymentNotFound();
  const { status } = row.deployment;
  if (status !== 'IN_PROGRESS' && status !== 'PENDING') {
    throw new AwsFault(
      'ConflictException',
      `The service deployment cannot be stopped because it is in the ${status} state.`,
    );
  }
  if (!canGoBack(primaryOf(service)))
    throw new AwsFault(
      'ConflictException',
      'The service deployment cannot be stopped because it is in the CLEAN_UP lifecycle stage.',
    );
  failDeployment(call, row.service, primaryOf(service), {
    reason: 'Service deployment stopped by user.',
    rollback: stopType === 'ROLLBACK',
    rollbackReason: (id) => `ECS deployment stopped by user: rolling back to deploymentId ${id}.`,
    triggered: false,
  });
  return { serviceDeploymentArn };
};
