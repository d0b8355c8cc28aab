import type { Scope } from '../../../kernel/scope.ts';
import { tasksOfService } from '../lookups.ts';
import { type DeploymentRow, type ServiceRow, services, type TaskRow } from '../state.ts';

export const primaryOf = ({ deployments }: ServiceRow): DeploymentRow =>
  deployments.find(({ status }) => status === 'PRIMARY')!;

/** Tasks of the service `<cluster>/<name>` that are to run. */
export const liveTasks = (scope: Scope, key: string): TaskRow[] => {
  const { cluster, serviceName } = services.in(scope).get(key)!;
  return tasksOfService(scope, cluster, serviceName).filter(({ wanted }) => wanted === 'run');
};

export const keyOfTask = ({ cluster, taskId }: TaskRow): string => `${cluster}/${taskId}`;
