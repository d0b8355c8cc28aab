import type { GetDashboardInput, GetDashboardOutput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { dashboardArn } from '../dashboard-arn.ts';
import { check, notFound } from '../faults.ts';
import { dashboards } from '../state.ts';

export const getDashboard: Operation<GetDashboardInput, GetDashboardOutput> = (input, call) => {
  check([['dashboardName', input.DashboardName, { required: true }]]);
  const row = dashboards.in(call).get(input.DashboardName!);
  if (!row) throw notFound(`Dashboard ${input.DashboardName} does not exist`);
  return { DashboardArn: dashboardArn(call, row.name), DashboardBody: row.body, DashboardName: row.name };
};
