import type { ListDashboardsInput, ListDashboardsOutput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { dashboardArn } from '../dashboard-arn.ts';
import { invalidValue } from '../faults.ts';
import { dashboards } from '../state.ts';

const PAGE = 1000;

export const listDashboards: Operation<ListDashboardsInput, ListDashboardsOutput> = (input, call) => {
  const found = dashboards
    .in(call)
    .values()
    .filter(({ name }) => name.startsWith(input.DashboardNamePrefix ?? ''))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const { items, next } = page(found, {
    size: PAGE,
    token: input.NextToken,
    refuse: () => {
      throw invalidValue('Request parameter NextToken is invalid');
    },
  });
  return {
    DashboardEntries: items.map(({ name, body, modifiedAt }) => ({
      DashboardName: name,
      DashboardArn: dashboardArn(call, name),
      LastModified: new Date(modifiedAt),
      Size: Buffer.byteLength(body),
    })),
    ...(next ? { NextToken: next } : {}),
  };
};
