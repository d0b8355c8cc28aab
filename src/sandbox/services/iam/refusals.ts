import { AwsFault } from '../../kernel/fault.ts';
import { type Constrained, violation } from '../constraints.ts';

export const noSuchEntity = (message: string) => new AwsFault('NoSuchEntity', message, { status: 404 });

export const alreadyExists = (message: string) => new AwsFault('EntityAlreadyExists', message, { status: 409 });

export const deleteConflict = (message: string) => new AwsFault('DeleteConflict', message, { status: 409 });

export const limitExceeded = (message: string) => new AwsFault('LimitExceeded', message, { status: 409 });

export const malformedPolicy = (message: string) => new AwsFault('MalformedPolicyDocument', message);

export const validationError = (message: string) => new AwsFault('ValidationError', message);

export const invalidInput = (message: string) => new AwsFault('InvalidInput', message);

export const protectedRole = (name: string) =>
  new AwsFault(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  );

/** IAM leaves the offending value out of the sentence (recording TestIAMServiceSpecificCredentials::test_invalid_update_parameters). */
export function requireValid(...members: Constrained[]): void {
  const complaint = violation(members, { quote: false });
  if (complaint) throw validationError(complaint);
}

export const NAME_PATTERN = '[\\w+=,.@-]+';
const PATH_PATTERN = '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)';

export const nameConstraint = (member: string, value: unknown, max: number): Constrained => [
  member,
  value,
  { required: true, length: [1, max], pattern: NAME_PATTERN },
];

export const pathConstraint = (value: unknown): Constrained => [
  'path',
  value,
  { length: [1, 512], pattern: PATH_PATTERN },
];
