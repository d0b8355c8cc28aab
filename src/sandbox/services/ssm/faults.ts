import { AwsFault } from '../../kernel/fault.ts';

/** Codes: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */

export const validation = (message: string) => new AwsFault('ValidationException', message);

/** Has no message: clients show it as `UnknownError`. */
export const parameterNotFound = () => new AwsFault('ParameterNotFound', '');

export const versionNotFound = (name: string, version: string) =>
  new AwsFault(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
  );

export const invalidToken = (): never => {
  throw new AwsFault('InvalidNextToken', 'The specified token is not valid.');
};
