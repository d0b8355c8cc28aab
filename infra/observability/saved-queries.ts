/** A query of CloudWatch Logs Insights. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html */
export interface SavedQuery {
  name: string;
  text: string;
}

/** What one asks first when something is wrong. Kept in the account under `<project>/<environment>/<name>`. */
export const SAVED_QUERIES: readonly SavedQuery[] = [
  {
    name: 'errors',
    text: 'fields @timestamp, @logStream, @message\n| filter @message like /(?i)(error|exception|critical|fatal|traceback)/\n| sort @timestamp desc\n| limit 200',
  },
  {
    name: 'errors-per-minute',
    text: 'filter @message like /(?i)(error|exception|critical|fatal|traceback)/\n| stats count(*) as errors by bin(1m), @logStream\n| sort errors desc',
  },
  {
    name: 'lines-by-level',
    text: 'fields coalesce(level, severity, levelname) as severityOfLine\n| filter ispresent(severityOfLine)\n| stats count(*) as lines by severityOfLine\n| sort lines desc',
  },
  {
    name: 'slow-requests',
    text: 'fields @timestamp, @message, coalesce(durationMs, duration_ms, responseTime) as milliseconds\n| filter ispresent(milliseconds)\n| sort milliseconds desc\n| limit 50',
  },
];
