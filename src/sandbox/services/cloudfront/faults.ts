import { AwsFault } from '../../kernel/fault.ts';

/** Sentences as quoted in fidelity/cloudfront.md. CloudFormation repeats the status, which clients know by the model. */
export const fault = (code: string, message: string): AwsFault => {
  const status = code.startsWith('NoSuch') ? 404 : /(?:AlreadyExists|InUse|NotDisabled)$/.test(code) ? 409 : undefined;
  return new AwsFault(code, message, status === undefined ? {} : { status });
};

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
