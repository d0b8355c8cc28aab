import type { Construct } from 'constructs';
import { core, lambda } from '../aws-cdk.ts';

/** Where API Gateway sends a request for a function: https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
export const invocationUri = (aliasArn: string): string =>
  core.Fn.join('', [
    'arn:',
    core.Aws.PARTITION,
    ':apigateway:',
    core.Aws.REGION,
    ':lambda:path/2015-03-31/functions/',
    aliasArn,
    '/invocations',
  ]);

/** Lets this one API invoke the alias, and nobody else. */
export function allowInvoke(
  scope: Construct,
  id: string,
  { aliasArn, sourceArn }: { aliasArn: string; sourceArn: string },
): void {
  new lambda.CfnPermission(scope, id, {
    functionName: aliasArn,
    action: 'lambda:InvokeFunction',
    principal: 'apigateway.amazonaws.com',
    sourceArn,
  });
}
