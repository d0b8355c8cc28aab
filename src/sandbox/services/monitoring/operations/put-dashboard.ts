import type { PutDashboardInput, PutDashboardOutput } from '@aws-sdk/client-cloudwatch';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { check, invalidValue } from '../faults.ts';
import { dashboards } from '../state.ts';

export const putDashboard: Operation<PutDashboardInput, PutDashboardOutput> = (input, call) => {
  check([
    ['dashboardName', input.DashboardName, { required: true }],
    ['dashboardBody', input.DashboardBody, { required: true }],
  ]);
  const [name, body] = [input.DashboardName!, input.DashboardBody!];
  if (!/^[\w-]+$/.test(name)) {
    throw invalidValue(
      'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    );
  }
  if (name.length > 255) throw invalidValue('The value for field DashboardName must be at most 255 characters.\n');
  const problem = problemOf(body);
  if (problem) {
    throw new AwsFault('InvalidParameterInput', 'The dashboard body is invalid, there are validation errors', {
      fields: { dashboardValidationMessages: [{ DataPath: '/', Message: problem }] },
    });
  }
  dashboards.in(call).put(name, { name, body, modifiedAt: call.world.clock.stamp() });
  return { DashboardValidationMessages: [] };
};

function problemOf(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'Should be an object';
    const { widgets } = parsed as { widgets?: unknown };
    if (widgets !== undefined && !Array.isArray(widgets)) return 'The field widgets should be an array';
    return widgets === undefined ? 'The field widgets is required' : undefined;
  } catch {
    return 'Body is not valid JSON';
  }
}
