import type { HttpRoute } from '../kernel/http-route.ts';
import { type RegistryAnswer, write } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { readLayer, receiveUpload } from './blobs.ts';
import { listTags, putManifest, readManifest } from './manifests.ts';
import { asRegistryFault, RegistryFault, unsupported } from './registry-fault.ts';
import type { RegistryRequest } from './registry-request.ts';

/**
 * The registry that `docker push`, `docker pull`, crane and buildx talk to: the push and pull parts of
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md over ECR's own state. Repositories must exist,
 * as in ECR; deleting is done through ECR's API.
 */
export const handleRegistryRequest: HttpRoute = async (message, response, { world, endpoint }) => {
  const url = new URL(message.url ?? '/', endpoint);
  let answer: RegistryAnswer;
  try {
    const scope = authenticate(world, {
      authorization: message.headers.authorization,
      token: url.searchParams.get('token'),
    });
    answer = await answerTo({
      message,
      method: message.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      scope,
    });
  } catch (error) {
    const fault = asRegistryFault(error);
    if (!fault) throw error;
    answer = refusalOf(fault, endpoint);
  }
  // What was not read would be taken for the next request on this connection.
  message.resume();
  await write(response, message.method, answer);
};

async function answerTo(request: RegistryRequest): Promise<RegistryAnswer> {
  const { path, method } = request;
  if (path === '/v2/' || path === '/v2')
    return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
  const [, uploadName, uploadId] = /^\/v2\/(.+)\/blobs\/uploads(?:\/([^/]*))?$/.exec(path) ?? [];
  if (uploadName) return receiveUpload(request, uploadName, uploadId ?? '');
  const [, blobName, digest] = /^\/v2\/(.+)\/blobs\/([^/]+)$/.exec(path) ?? [];
  if (blobName) {
    if (method !== 'GET' && method !== 'HEAD') throw unsupported();
    return readLayer(request, blobName, digest!);
  }
  const [, manifestName, reference] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(path) ?? [];
  if (manifestName) {
    if (method === 'PUT') return putManifest(request, manifestName, reference!);
    if (method !== 'GET' && method !== 'HEAD') throw unsupported();
    return readManifest(request, manifestName, reference!);
  }
  const [, listed] = /^\/v2\/(.+)\/tags\/list$/.exec(path) ?? [];
  if (listed && method === 'GET') return listTags(request, listed);
  throw new RegistryFault('NOT_FOUND', 'There is nothing at this address.', 404);
}

function refusalOf({ code, message, status }: RegistryFault, endpoint: string): RegistryAnswer {
  const challenge = { 'www-authenticate': `Basic realm="${endpoint}/",service="ecr.amazonaws.com"` };
  return {
    status,
    headers: { 'content-type': 'application/json', ...(status === 401 ? challenge : {}) },
    body: JSON.stringify({ errors: [{ code, message }] }),
  };
}
