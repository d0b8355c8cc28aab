import type { DeleteDashboardsInput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { check, notFound } from '../faults.ts';
import { dashboards } from '../state.ts';

/** All or none. */
export const deleteDashboards: Operation<DeleteDashboardsInput, Record<never, never>> = (input, call) => {
  check([['dashboardNames', input.DashboardNames, { required: true }]]);
  const absent = input.DashboardNames!.filter((name) => !dashboards.in(call).has(name));
  if (absent.length > 0) throw notFound(`Dashboards ${absent.join(', ')} do not exist`);
  for (const name of input.DashboardNames!) dashboards.in(call).delete(name);
  return {};
};
