import type { EdgeRequest, EdgeRequestEvent, EdgeResponse } from '../shared/edge-event.ts';
import { readOriginal } from './originals.ts';
import { respond } from './respond.ts';
import { settings } from './settings.ts';

export const handler = (event: EdgeRequestEvent): Promise<EdgeRequest | EdgeResponse> =>
  respond(event.Records[0].cf.request, settings, readOriginal);
