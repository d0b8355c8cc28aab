import type {
  DeleteLoggingConfigurationCommandInput,
  GetLoggingConfigurationCommandInput,
  ListLoggingConfigurationsCommandInput,
  PutLoggingConfigurationCommandInput,
} from '@aws-sdk/client-wafv2';
import type { Call } from '../../../kernel/scope.ts';
import { invalid, nonexistent } from '../faults.ts';
import { checkScope } from '../scope.ts';
import { loggings, webAcls } from '../state.ts';
import { requireValid } from '../web-acls.ts';

/** Names of destinations have to begin so: https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html */
const DESTINATION =
  /^arn:aws:(?:logs:[^:]+:\d{12}:log-group:aws-waf-logs-|s3:::aws-waf-logs-|firehose:[^:]+:\d{12}:deliverystream\/aws-waf-logs-)/;

export function putLoggingConfiguration(
  { LoggingConfiguration: given }: PutLoggingConfigurationCommandInput,
  call: Call,
) {
  requireValid(['loggingConfiguration', given, { required: true }]);
  const { ResourceArn = '', LogDestinationConfigs = [] } = given!;
  if (!webAcls.in(call).has(ResourceArn)) throw nonexistent();
  const wrong = LogDestinationConfigs.find((arn) => !DESTINATION.test(arn));
  if (wrong !== undefined || LogDestinationConfigs.length !== 1)
    throw invalid(
      'The ARN isn’t valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.',
      'LOG_DESTINATION',
      wrong ?? '',
    );
  const kept = loggings.in(call).put(ResourceArn, JSON.parse(JSON.stringify(given)));
  return { LoggingConfiguration: structuredClone(kept) };
}

export function getLoggingConfiguration({ ResourceArn }: GetLoggingConfigurationCommandInput, call: Call) {
  requireValid(['resourceArn', ResourceArn, { required: true }]);
  const held = loggings.in(call).get(ResourceArn!);
  if (!held) throw nonexistent();
  return { LoggingConfiguration: structuredClone(held) };
}

export function deleteLoggingConfiguration({ ResourceArn }: DeleteLoggingConfigurationCommandInput, call: Call) {
  requireValid(['resourceArn', ResourceArn, { required: true }]);
  if (!loggings.in(call).delete(ResourceArn!)) throw nonexistent();
  return {};
}

export function listLoggingConfigurations({ Scope }: ListLoggingConfigurationsCommandInput, call: Call) {
  requireValid(['scope', Scope, { required: true }]);
  checkScope(Scope, call);
  return {
    LoggingConfigurations: loggings
      .in(call)
      .values()
      .filter(({ ResourceArn }) => webAcls.in(call).get(ResourceArn!)?.scope === Scope)
      .map((one) => structuredClone(one)),
  };
}
