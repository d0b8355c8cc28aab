import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { deleteDashboards } from '../operations/delete-dashboards.ts';
import { putDashboard } from '../operations/put-dashboard.ts';
import { dashboards } from '../state.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html */
export const dashboard: ResourceProvider = {
  async create(properties, context) {
    const physicalId = properties.DashboardName ?? context.generateName({ maxLength: 255 });
    await putDashboard({ DashboardName: physicalId, DashboardBody: properties.DashboardBody }, context.call);
    return { status: 'done', physicalId };
  },
  async update({ after, physicalId }, { call }) {
    await putDashboard({ DashboardName: physicalId, DashboardBody: after.DashboardBody }, call);
    return { status: 'done', physicalId };
  },
  async delete(_properties, physicalId, { call }) {
    if (dashboards.in(call).has(physicalId)) await deleteDashboards({ DashboardNames: [physicalId] }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = dashboards.in(call).get(physicalId);
    return row && { DashboardName: row.name, DashboardBody: row.body };
  },
};
