import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';

/** A name that nobody gave to a service: the same answer from every command that takes one. */
export function serviceUnknown(
  name: string,
  known: readonly string[],
  environment: string,
  what = 'service',
): PlatformError {
  const near = nearest(name, known);
  return new PlatformError({
    id: 'service-unknown',
    kind: 'usage',
    message: `${environment} has no ${what} ${JSON.stringify(name)}`,
    remedy: near
      ? `name ${near}`
      : known.length > 0
        ? `name one of ${known.join(', ')}`
        : 'platform.yaml configures none',
  });
}
