import { invalidParameter } from './refusals.ts';

/** As the refusal lists them (recording TestLambdaFunction::test_create_lambda_exceptions). */
const TAKEN =
  'nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2';

/**
 * Known to AWS, but nothing is created or changed with them any longer:
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated
 */
const BLOCKED =
  /^(nodejs(4\.3|4\.3-edge|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x)?|python(2\.7|3\.6|3\.7|3\.8)|ruby2\.[57]|go1\.x|java8|provided|dotnet(core[123]\.[01]|5\.0|6|7))$/;

export function requireRuntime(runtime: string): void {
  if (BLOCKED.test(runtime))
    throw invalidParameter(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  if (!TAKEN.split(', ').includes(runtime))
    throw invalidParameter(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${TAKEN}] or be a valid ARN`,
    );
}

/** What this machine can run: everything else is kept and answers nothing. */
export const isNode = (runtime: string | undefined): boolean => runtime?.startsWith('nodejs') ?? false;
