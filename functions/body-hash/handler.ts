import type { EdgeRequest, EdgeRequestEvent, EdgeResponse } from '../shared/edge-event.ts';
import { log } from '../shared/log.ts';
import { withBodyHash } from './with-body-hash.ts';

export const handler = async (event: EdgeRequestEvent): Promise<EdgeRequest | EdgeResponse> => {
  const { config, request } = event.Records[0].cf;
  const answer = withBodyHash(request);
  if ('status' in answer) log('warn', 'body-too-large', { requestId: config.requestId, method: request.method });
  return answer;
};
