import { z } from 'zod';
import { command, scheduleExpression } from '../fields.ts';

/** A task of a service's image that runs by the clock and ends. */
export const scheduledTask = z.strictObject({
  rate: scheduleExpression,
  command: command.describe('What the container runs instead of what the service runs.'),
});
