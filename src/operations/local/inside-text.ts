/**
 * An address of this machine as a container knows it: what an emulator tells of itself leads to the container's own
 * loopback there. Names of LocalStack mean 127.0.0.1 too: `sqs.us-east-1.localhost.localstack.cloud`.
 */
export function insideText(text: string, endpoint: string, inside: string): string {
  const { port, protocol } = new URL(endpoint);
  const shown = port === '' ? (protocol === 'https:' ? '(?::443)?' : '(?::80)?') : `:${port}`;
  const outside = new RegExp(
    `https?://(?:[a-z0-9.-]+\\.)?(?:localhost(?:\\.localstack\\.cloud)?|127\\.0\\.0\\.1)${shown}(?=[/?#]|$)`,
    'gi',
  );
  return text.replace(outside, () => inside);
}
