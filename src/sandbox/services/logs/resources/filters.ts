import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import {
  deleteMetricFilter,
  deleteSubscriptionFilter,
  putMetricFilter,
  putSubscriptionFilter,
} from '../operations/filters.ts';
import { metricFilters, subscriptionFilters } from '../state.ts';

const metricInput = (properties: Properties, filterName: string) => ({
  logGroupName: properties.LogGroupName,
  filterName,
  filterPattern: properties.FilterPattern,
  metricTransformations: (properties.MetricTransformations ?? []).map((each: Properties) => ({
    metricName: each.MetricName,
    metricNamespace: each.MetricNamespace,
    metricValue: String(each.MetricValue),
    ...(each.DefaultValue !== undefined && { defaultValue: Number(each.DefaultValue) }),
    ...(each.Unit !== undefined && { unit: each.Unit }),
  })),
});

export const metricFilter: ResourceProvider = {
  create(properties, { call, generateName }) {
    const name = properties.FilterName ?? generateName({ maxLength: 512 });
    putMetricFilter(metricInput(properties, name), call);
    return { status: 'done', physicalId: name };
  },
  update({ after, physicalId }, { call }) {
    putMetricFilter(metricInput(after, physicalId), call);
    return { status: 'done', physicalId };
  },
  delete({ LogGroupName }, filterName, { call }) {
    if (metricFilters.in(call).has(`${LogGroupName}:${filterName}`))
      deleteMetricFilter({ logGroupName: LogGroupName, filterName }, call);
    return { status: 'done', physicalId: filterName };
  },
  read(name, properties, { call }) {
    const row = metricFilters.in(call).get(`${properties.LogGroupName}:${name}`);
    return row && { ...properties, FilterName: name, FilterPattern: row.pattern };
  },
};

const subscriptionInput = (properties: Properties, filterName: string) => ({
  logGroupName: properties.LogGroupName,
  filterName,
  filterPattern: properties.FilterPattern,
  destinationArn: properties.DestinationArn,
  roleArn: properties.RoleArn,
  distribution: properties.Distribution,
});

export const subscriptionFilter: ResourceProvider = {
  create(properties, { call, generateName }) {
    const name = properties.FilterName ?? generateName({ maxLength: 512 });
    putSubscriptionFilter(subscriptionInput(properties, name), call);
    return { status: 'done', physicalId: name };
  },
  update({ after, physicalId }, { call }) {
    putSubscriptionFilter(subscriptionInput(after, physicalId), call);
    return { status: 'done', physicalId };
  },
  delete({ LogGroupName }, filterName, { call }) {
    if (subscriptionFilters.in(call).has(`${LogGroupName}:${filterName}`))
      deleteSubscriptionFilter({ logGroupName: LogGroupName, filterName }, call);
    return { status: 'done', physicalId: filterName };
  },
  read(name, properties, { call }) {
    const row = subscriptionFilters.in(call).get(`${properties.LogGroupName}:${name}`);
    return row && { ...properties, FilterName: name, FilterPattern: row.pattern, DestinationArn: row.destinationArn };
  },
};
