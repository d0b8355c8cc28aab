import { humanName } from '../../../infra/describe-resource.ts';
import type { ResourceProgress } from '../../cdk/cdk.ts';
import type { Tree } from '../../io/reporter.ts';
import type { Template } from '../../release/resolve-template.ts';

/** Types that come and go in a moment and say nothing to a person. */
const QUIET =
  /^AWS::(CDK::Metadata|CloudFormation::Stack|IAM::Policy|EC2::(Route|SubnetRouteTableAssociation|VPCGatewayAttachment))$/;

/** Shows what happens to one resource under its stack's row. */
export function resourceRow(
  tree: Tree,
  stack: { id: string; template: Template },
  { logicalId, type, status, reason }: ResourceProgress,
): void {
  const failed = status.endsWith('_FAILED');
  // What stays behind was said in the plan, and its row would never end.
  if (status === 'DELETE_SKIPPED') return;
  if (QUIET.test(type) && !failed) return;
  const state = failed ? 'failed' : status.endsWith('_COMPLETE') ? 'done' : 'running';
  tree.row(`${stack.id}/${logicalId}`, {
    parent: stack.id,
    title: `${status.startsWith('DELETE') ? 'removing ' : ''}${humanName(stack.template, logicalId)}`,
    state,
    ...(failed && reason ? { detail: reason } : {}),
  });
}
