import { errorFields } from '../shared/error-fields.ts';
import { log } from '../shared/log.ts';
import type { Report } from './publish.ts';

export type Outcome = Omit<Report, 'unavailable'>;

/**
 * What Lambda is told. A returned value is a success whatever it says (D4), so a run that could not publish what was
 * due throws, after everything is written: then the metric of errors counts it and an alarm can see it (D5).
 */
export function verdictOn({ unavailable, ...outcome }: Report): Outcome {
  const failed = outcome.refused > 0 || unavailable !== undefined;
  log(failed ? 'error' : 'info', 'outbox published', {
    ...outcome,
    ...(unavailable === undefined ? {} : errorFields(unavailable)),
  });
  if (unavailable !== undefined)
    throw new PublishingFailed(
      `EventBridge could not be asked (${errorFields(unavailable).error}); ${outcome.published} events were published before`,
    );
  if (outcome.refused > 0)
    throw new PublishingFailed(
      `${outcome.refused} events were refused, ${outcome.dead} of them for the last time; ${outcome.published} were published`,
    );
  return outcome;
}

export class PublishingFailed extends Error {
  override name = 'PublishingFailed';
}
