import { Construct } from 'constructs';
import { core, iam, lambda } from '../aws-cdk.ts';
import type { EdgeFunctionSettings } from '../edge-functions.ts';
import { EDGE_REGION } from '../edge-region.ts';
import type { FunctionCode } from '../function-settings.ts';
import { leave } from '../leave.ts';
import type { Links } from '../links.ts';
import { outputs } from '../outputs.ts';
import { allow, type Grant, trust } from '../policy.ts';
import { FunctionVersion } from './function-version.ts';

export interface EdgeFunctionProps {
  links: Links;
  fn: EdgeFunctionSettings;
  code: FunctionCode;
  account: string;
}

/** Memory in MiB and seconds; what each needs is measured in its README. */
const SIZES = {
  images: { memorySize: 1024, timeout: 30 },
  'body-hash': { memorySize: 128, timeout: 5 },
} as const;

/**
 * A function that CloudFront copies to its edges: a numbered version, no variables, no VPC, x86-64 (F-111).
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export class EdgeFunction extends Construct {
  readonly functionName: string;
  readonly versionArn: string;

  constructor(scope: Construct, id: string, { links, fn, code, account }: EdgeFunctionProps) {
    super(scope, id);
    const grants = grantsOf(links, fn);
    const role = new iam.CfnRole(this, 'Role', {
      assumeRolePolicyDocument: trust(['edgelambda.amazonaws.com', 'lambda.amazonaws.com']),
      ...(grants.length > 0 ? { policies: [{ policyName: 'Use', policyDocument: allow(grants) }] } : {}),
    });
    const asset = core.Stack.of(this).synthesizer.addFileAsset({
      fileName: code.directory,
      packaging: core.FileAssetPackaging.ZIP_DIRECTORY,
      sourceHash: code.hash,
      displayName: `function ${fn.name}`,
    });
    const made = new lambda.CfnFunction(this, 'Function', {
      code: { s3Bucket: asset.bucketName, s3Key: asset.objectKey },
      handler: 'index.handler',
      // No public page was found that says Lambda@Edge takes a newer one.
      runtime: 'nodejs22.x',
      architectures: ['x86_64'],
      ...SIZES[fn.does],
      role: role.attrArn,
    });
    // It cannot be deleted while a copy of it is left at any edge, which takes hours after its last site is gone (F-114).
    leave(made, 'retain');
    this.functionName = made.ref;

    // Copies write into the region that is nearest to the viewer, into a group of this name, which each makes itself (F-113).
    const group = `arn:${core.Aws.PARTITION}:logs:*:${account}:log-group:/aws/lambda/${EDGE_REGION}.${made.ref}`;
    const log = new iam.CfnPolicy(this, 'Log', {
      roles: [role.ref],
      policyName: 'Log',
      policyDocument: allow([
        {
          actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [group, `${group}:*`],
        },
      ]),
    });
    const version = new FunctionVersion(this, 'Versions', { links, name: fn.name, fn: made });
    version.node.addDependency(log);
    this.versionArn = version.arn;
  }
}

function grantsOf(links: Links, fn: EdgeFunctionSettings): Grant[] {
  if (fn.does !== 'images') return [];
  const bucket = links.from('data', outputs.data.bucketName(fn.bucket));
  return [{ actions: ['s3:GetObject'], resources: [`arn:${core.Aws.PARTITION}:s3:::${bucket}/*`] }];
}
