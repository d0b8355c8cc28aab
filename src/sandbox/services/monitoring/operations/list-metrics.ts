import type { ListMetricsInput, ListMetricsOutput } from '@aws-sdk/client-cloudwatch';
import type { Operation } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { invalidValue } from '../faults.ts';
import { metricKey } from '../metric-math.ts';
import { observedMetrics } from '../observe.ts';
import { metrics } from '../state.ts';

const PAGE = 500;

export const listMetrics: Operation<ListMetricsInput, ListMetricsOutput> = (input, call) => {
  const put = metrics.in(call);
  const reported = observedMetrics(call, input.Namespace).filter(
    ({ namespace, name, dimensions }) => !put.has(metricKey(namespace, name, dimensions)),
  );
  const found = [...put.values(), ...reported]
    .filter(({ namespace }) => !input.Namespace || namespace === input.Namespace)
    .filter(({ name }) => !input.MetricName || name === input.MetricName)
    .filter(({ dimensions }) =>
      (input.Dimensions ?? []).every((wanted) =>
        dimensions.some(({ Name, Value }) => Name === wanted.Name && (!wanted.Value || Value === wanted.Value)),
      ),
    );
  const { items, next } = page(found, {
    size: PAGE,
    token: input.NextToken,
    refuse: () => {
      throw invalidValue('Request parameter NextToken is invalid');
    },
  });
  return {
    Metrics: items.map(({ namespace, name, dimensions }) => ({
      Namespace: namespace,
      MetricName: name,
      Dimensions: [...dimensions],
    })),
    ...(next ? { NextToken: next } : {}),
  };
};
