import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { answerOf } from '../../../testing/answer-of.ts';
import { type StartSandboxOptions, startSandbox } from '../../../testing/start-sandbox.ts';
import { inlineCode } from './resources/inline-code.ts';

export const ROLE = 'arn:aws:iam::000000000000:role/r';
export const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';
export const HELLO = 'exports.handler = async (event) => ({ hello: event.name });';

export const zip = (source = HELLO): Uint8Array => inlineCode(source, 'nodejs24.x');

/** A role that Lambda may take on, and a client. `may`: what the role is allowed, beside logs. */
export async function open({ may = [], ...options }: StartSandboxOptions & { may?: string[] } = {}) {
  const sandbox = await startSandbox(options);
  const lambda = sandbox.client(LambdaClient);
  const iam = sandbox.client(IAMClient);
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'r',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
    }),
  );
  await iam.send(
    new AttachRolePolicyCommand({
      RoleName: 'r',
      PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    }),
  );
  const allow = (actions: string[]) =>
    iam.send(
      new PutRolePolicyCommand({
        RoleName: 'r',
        PolicyName: 'p',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
        }),
      }),
    );
  if (may.length > 0) await allow(may);
  const create = (more: Partial<CreateFunctionCommandInput> = {}) =>
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'f',
        Role: ROLE,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: zip() },
        ...more,
      }),
    );
  return {
    sandbox,
    lambda,
    iam,
    allow,
    create,
    /** A function that is ready. */
    made: async (more: Partial<CreateFunctionCommandInput> = {}) => {
      const made = await create(more);
      await sandbox.settle();
      return made;
    },
    refused: (more: Partial<CreateFunctionCommandInput>) => answerOf(create(more)),
    configuration: (FunctionName = 'f') => answerOf(lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))),
  };
}
