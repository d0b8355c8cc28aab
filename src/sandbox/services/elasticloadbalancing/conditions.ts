import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { invalid, misconfigured } from './faults.ts';

const FIELDS = ['http-request-method', 'path-pattern', 'host-header', 'query-string', 'http-header', 'source-ip'];
/** Quotas: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const VALUES_PER_RULE = 5;
const WILDCARDS_PER_RULE = 6;

/** The conditions as AWS shows them: in the short form and the long one, whichever was used. */
export function checkedConditions(conditions: readonly RuleCondition[]): RuleCondition[] {
  const checked = conditions.map(completed);
  const fields = checked.map(({ Field }) => Field);
  for (const single of ['host-header', 'path-pattern', 'http-request-method', 'source-ip']) {
    if (fields.filter((field) => field === single).length > 1) {
      throw misconfigured(`A rule can only have one '${single}' condition`);
    }
  }
  const values = checked.flatMap(valuesOf);
  if (values.length > VALUES_PER_RULE) {
    throw misconfigured(`A rule can only have '${VALUES_PER_RULE}' condition values`);
  }
  if (values.join('').replace(/[^*?]/g, '').length > WILDCARDS_PER_RULE) {
    throw misconfigured(`A rule can only have '${WILDCARDS_PER_RULE}' condition wildcards`);
  }
  return checked;
}

const valuesOf = (condition: RuleCondition): string[] => [
  ...(condition.Values ?? []),
  ...(condition.HttpHeaderConfig?.Values ?? []),
  ...(condition.HttpRequestMethodConfig?.Values ?? []),
  ...(condition.SourceIpConfig?.Values ?? []),
  ...(condition.QueryStringConfig?.Values ?? []).map(({ Value }) => Value ?? ''),
];

function completed(condition: RuleCondition): RuleCondition {
  const { Field } = condition;
  if (!Field) throw invalid('A condition field must be specified');
  if (!FIELDS.includes(Field)) {
    throw invalid(`Condition field '${Field}' must be one of '[${FIELDS.join(', ')}]'`);
  }
  if (Field === 'host-header' || Field === 'path-pattern') {
    const config = Field === 'host-header' ? condition.HostHeaderConfig : condition.PathPatternConfig;
    const values = condition.Values?.length ? condition.Values : (config?.Values ?? []);
    if (values.length === 0 || values.some((value) => value === ''))
      throw invalid('A condition value must be specified');
    const long = values.find((value) => value.length > 128);
    if (long) throw invalid(`The '${Field}' value '${long}' cannot be longer than '128' characters`);
    if (Field === 'path-pattern') {
      const bad = values.find((value) => !/^[a-zA-Z0-9_\-.$/~"'@:+*?&]+$/.test(value));
      if (bad) throw invalid(`The path pattern '${bad}' contains characters that are not valid`);
    } else {
      const bad = values.find((value) => !/^[a-zA-Z0-9\-.*?]+$/.test(value));
      if (bad) throw invalid(`The host header '${bad}' contains characters that are not valid`);
    }
    const key = Field === 'host-header' ? 'HostHeaderConfig' : 'PathPatternConfig';
    return { Field, Values: values, [key]: { Values: values } };
  }
  if (valuesOf(condition).length === 0) throw invalid('A condition value must be specified');
  return condition;
}
