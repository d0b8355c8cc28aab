import type { StackScene } from '../cloudformation/stack-scene.ts';

export const CAPABILITIES = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
export const URI = (functionId: string) => ({
  'Fn::Sub': `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${functionId}.Arn}/invocations`,
});

export const role = (service: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
  },
});

/** A function under its logical id, that API Gateway may call. */
export const fn = (id: string, source: string, properties: object = {}) => ({
  [id]: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 25,
      Code: { ZipFile: source },
      ...properties,
    },
  },
  [`${id}Permission`]: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: { Ref: id },
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*' },
    },
  },
});

/** Asks an API as the world would, at the address that leads to it here. */
export async function ask(scene: StackScene, host: string, path: string, init: RequestInit = {}) {
  const response = await fetch(`${scene.sandbox.endpoint}/_apigateway/${host}${path}`, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

export async function outputsOf(scene: StackScene): Promise<Record<string, string>> {
  const { StackStatus, Outputs = [] } = await scene.stack();
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(StackStatus!)) throw new Error((await scene.events()).join('\n'));
  return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
}
