import { openNextFiles } from './open-next.ts';
import type { SYSTEMS } from './write-project.ts';

const HANDLER = 'export const handler = async (event: unknown): Promise<unknown> => event;\n';
/** Answers which messages it could not handle, as its trigger has it. */
const QUEUE_HANDLER =
  'export const handler = async (_event: unknown): Promise<unknown> => ({ batchItemFailures: [] });\n';

/**
 * Code for the functions of the source systems, whose own is not at hand: by path from the root of the repository. The
 * configurations of Pikaia and Tango stand in `infra`, and name paths from the repository's root on.
 */
export const SYSTEM_SOURCES: Readonly<Record<(typeof SYSTEMS)[number], Readonly<Record<string, string>>>> = {
  'event-scheduling': {
    'src/adapters/primary/lambda/api-handler.ts':
      'export const handler = async (): Promise<unknown> => ({ statusCode: 200, body: JSON.stringify({ status: "ok" }) });\n',
    'src/adapters/primary/lambda/schedulerHandler.ts': HANDLER,
    'src/adapters/primary/lambda/workerHandler.ts': QUEUE_HANDLER,
  },
  'express-workers': { 'workers/notification/index.ts': QUEUE_HANDLER },
  pikaia: { 'infra/functions/audit-consumer/handler.py': 'def handler(event, context):\n    return {"ok": True}\n' },
  'stream-sales': openNextFiles(),
  tango: {},
};
