import { AwsFault } from '../../kernel/fault.ts';

/** Statuses are those of the model; sentences as quoted in fidelity/cloudfront.md. */
export const fault = (code: string, message: string): AwsFault => new AwsFault(code, message);

export const invalidArgument = (message: string): AwsFault => fault('InvalidArgument', message);

/** Every change names the version that it was made for. */
export function requireMatch(given: string | undefined, etag: string): void {
  if (given === undefined || given === '')
    throw fault('InvalidIfMatchVersion', 'The If-Match version is missing or not valid for the resource.');
  if (given !== etag)
    throw fault(
      'PreconditionFailed',
      "The request failed because it didn't meet the preconditions in one or more request-header fields.",
    );
}
