import type { CreateFlowLogsRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../kernel/fault.ts';

/** Where flow logs go, or the InvalidParameter that the recordings of 24 September 2024 show. */
export function flowLogDestination(input: CreateFlowLogsRequest) {
  const type = input.LogDestinationType ?? 'cloud-watch-logs';
  const invalid = (message: string) => new AwsFault('InvalidParameter', message);
  if (input.LogGroupName && input.LogDestination) {
    throw invalid('Please only provide LogGroupName or only provide LogDestination.');
  }
  if (input.LogGroupName && type !== 'cloud-watch-logs') {
    throw invalid('LogDestination type must be cloud-watch-logs if LogGroupName is provided.');
  }
  if (!input.LogGroupName && !input.LogDestination) {
    throw invalid("LogDestination can't be empty if LogGroupName is not provided.");
  }
  if (type === 'cloud-watch-logs' && !input.DeliverLogsPermissionArn) {
    throw invalid("DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.");
  }
  return { LogDestinationType: type };
}
