import type { ResourceProgress } from '../cdk/cdk.ts';
import type { Tree } from '../io/reporter.ts';

/** Types that come and go in a moment and say nothing to a person. */
const QUIET =
  /^AWS::(CDK::Metadata|CloudFormation::Stack|IAM::Policy|EC2::(Route|SubnetRouteTableAssociation|VPCGatewayAttachment))$/;

/** Shows what happens to one resource under its stack's row. */
export function resourceRow(
  tree: Tree,
  stack: { id: string },
  { logicalId, type, status, reason, path }: ResourceProgress,
): void {
  const failed = status.endsWith('_FAILED');
  if (QUIET.test(type) && !failed) return;
  const state = failed ? 'failed' : status.endsWith('_COMPLETE') ? 'done' : 'running';
  const verb = status.startsWith('DELETE') ? 'removing ' : '';
  tree.row(`${stack.id}/${logicalId}`, {
    parent: stack.id,
    title: `${verb}${nameOf(type, path ?? logicalId)}`,
    state,
    ...(failed && reason ? { detail: reason } : {}),
  });
}

/** `dev-network/Vpc/PublicSubnet1/Subnet` and AWS::EC2::Subnet: "public subnet 1 (EC2 Subnet)". */
function nameOf(type: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== 'Resource' && part !== 'Default');
  const own = parts.at(-1) ?? path;
  const words = own.replace(/([a-z])([A-Z0-9])/g, '$1 $2').toLowerCase();
  return `${words} (${type.replace(/^AWS::/, '').replace('::', ' ')})`;
}
