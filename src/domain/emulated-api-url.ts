interface EmulatedApi {
  kind: string;
  stage: string;
  /** Of API Gateway. */
  id: string | undefined;
}

interface Emulator {
  /** `localstack`; undefined: nobody has said what answers. */
  emulator: string | undefined;
  endpoint: string;
  /** The name under which APIs are shown instead of that of the endpoint. */
  hostname?: string | undefined;
}

/**
 * Where an emulator answers for an API, without a slash at the end; undefined where it does at no address that is known.
 * LocalStack and those that took its place: a REST API below `/restapis/<id>/<stage>/_user_request_`, an HTTP API under a
 * host of its own. https://docs.localstack.cloud/aws/services/apigateway/
 */
export function emulatedApiUrl(
  { kind, stage, id }: EmulatedApi,
  { emulator, endpoint, hostname }: Emulator,
): string | undefined {
  if (id === undefined || !['localstack', 'ministack', 'floci'].includes(emulator ?? '')) return undefined;
  const base = new URL(endpoint);
  if (hostname !== undefined) base.hostname = hostname;
  if (kind === 'rest') return `${base.origin}/restapis/${id}/${stage}/_user_request_`;
  base.hostname = `${id}.execute-api.${hostname ?? 'localhost.localstack.cloud'}`;
  return `${base.origin}/${stage}`;
}
