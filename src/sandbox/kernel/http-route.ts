import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from './world.ts';

/** What is reached over HTTP but is no API of AWS's own protocols: the OCI registry behind ECR. */
export type HttpRoute = (
  request: IncomingMessage,
  response: ServerResponse,
  sandbox: { readonly world: World; readonly endpoint: string },
) => Promise<void>;
