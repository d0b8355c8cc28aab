import { log } from '../shared/log.ts';
import type { Policy, SimpleAnswer } from './answer.ts';
import { authorize } from './authorize.ts';
import type { AuthorizerEvent } from './event.ts';
import { keysOf } from './keys.ts';
import { readSettings } from './settings.ts';
import { verify } from './verify.ts';

const settings = readSettings(process.env);
const keys = keysOf(settings);

export async function handler(event: AuthorizerEvent): Promise<Policy | SimpleAnswer> {
  return authorize(event, settings, async (token) => {
    try {
      return await verify(token, settings, keys);
    } catch (error) {
      // Not the caller's fault, so not 401: a client would throw its good token away. API Gateway makes it 500.
      log('error', 'keys-unavailable', { error: (error as Error).message });
      throw error;
    }
  });
}
