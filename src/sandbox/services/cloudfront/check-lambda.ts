import type { Scope } from '../../kernel/scope.ts';
import { roles } from '../iam/state.ts';
import { trusts } from '../iam/trust.ts';
import { type VersionRow, versions } from '../lambda/state.ts';
import { fault } from './faults.ts';

const refused = (message: string) => fault('InvalidLambdaFunctionAssociation', message);

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge */
const MOST = {
  viewer: { seconds: 5, memory: 128, bytes: 50 * 1024 * 1024 },
  origin: { seconds: 30, memory: 10_240, bytes: 50 * 1024 * 1024 },
} as const;

/**
 * What may run at an edge (F-111):
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export function checkLambda(arn: string, eventType: string, scope: Scope): void {
  const [, region = '', account = '', name = '', version] =
    /^arn:aws:lambda:([^:]+):(\d{12}):function:([^:]+)(?::(.+))?$/.exec(arn) ?? [];
  if (region === '') throw refused(`The function ARN is not valid. ARN: ${arn}`);
  if (region !== 'us-east-1') throw refused(`The function must be in region 'us-east-1'. ARN: ${arn}`);
  if (!version || !/^\d+$/.test(version))
    throw refused(
      `The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: ${arn}`,
    );
  const row = versions.in({ ...scope, account, region }).get(`${name}:${version}`);
  if (account !== scope.account || !row) throw refused(`The function does not exist. Function: ${arn}`);
  checkSettings(row, arn, scope);
  checkSizes(row, arn, eventType);
}

function checkSettings({ settings, state }: VersionRow, arn: string, scope: Scope): void {
  if (state !== 'Active')
    throw refused(`The function must be in an Active state. The current state for function ${arn} is ${state}.`);
  if (Object.keys(settings.Environment ?? {}).length > 0)
    throw refused(`The function cannot have environment variables. Function: ${arn}`);
  const never: [unknown, string][] = [
    [settings.VpcConfig?.SubnetIds?.length, 'a VPC configuration'],
    [settings.Layers?.length, 'layers'],
    [settings.DeadLetterConfig?.TargetArn, 'a dead letter queue'],
    [settings.TracingConfig?.Mode === 'Active', 'active tracing'],
    [settings.Architectures?.[0] === 'arm64', 'the arm64 architecture'],
    [settings.PackageType === 'Image', 'a container image'],
    [(settings.EphemeralStorage?.Size ?? 512) > 512, 'more than 512 MB of ephemeral storage'],
  ];
  const found = never.find(([has]) => has);
  if (found) throw refused(`The function cannot have ${found[1]}. Function: ${arn}`);
  if (!/^(?:nodejs|python)/.test(settings.Runtime ?? ''))
    throw refused(`The function has an invalid runtime. Function: ${arn} Runtime: ${settings.Runtime}`);
  const role = roles
    .in(scope)
    .values()
    .find((one) => one.arn === settings.Role);
  const both = ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'];
  if (!role || both.some((service) => !trusts(role.trust, { caller: { service } })))
    throw refused(
      `The function execution role must be assumable with edgelambda.amazonaws.com as well as lambda.amazonaws.com principals. Update the IAM role and try again. Role: ${settings.Role}`,
    );
}

function checkSizes({ settings, code }: VersionRow, arn: string, eventType: string): void {
  const most = eventType.startsWith('viewer-') ? MOST.viewer : MOST.origin;
  const larger = (what: string, has: number, allowed: number) =>
    refused(
      `The function ${what} is larger than the maximum allowed for functions that are triggered by a CloudFront event: ${has} Max allowed: ${allowed} Function: ${arn}`,
    );
  const { Timeout = 3, MemorySize = 128 } = settings;
  if (Timeout > most.seconds) throw larger('timeout', Timeout, most.seconds);
  if (MemorySize > most.memory) throw larger('memory size', MemorySize, most.memory);
  if (code.size > most.bytes) throw larger('code size', code.size, most.bytes);
}
