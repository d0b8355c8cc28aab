import type {
  AssociateWebACLCommandInput,
  DisassociateWebACLCommandInput,
  GetWebACLForResourceCommandInput,
  ListResourcesForWebACLCommandInput,
} from '@aws-sdk/client-wafv2';
import type { Call } from '../../../kernel/scope.ts';
import { stages } from '../../apigateway/state.ts';
import { loadBalancers } from '../../elasticloadbalancing/state.ts';
import { invalid, nonexistent } from '../faults.ts';
import { associations, webAcls } from '../state.ts';
import { requireValid } from '../web-acls.ts';
import { webAclOf } from './web-acls.ts';

const NO_ARN =
  'The ARN isn’t valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.';

/** Load balancers and stages of REST APIs have to be there; ARNs of the other kinds are taken as they are. */
function checkResource(arn: string, call: Call): void {
  const isKnown = /^arn:aws:(elasticloadbalancing:[^:]+:\d{12}:loadbalancer\/app\/|apigateway:|appsync:|cognito-idp:)/;
  if (!isKnown.test(arn)) throw invalid(NO_ARN, 'RESOURCE_ARN', arn);
  if (arn.startsWith('arn:aws:elasticloadbalancing:') && !loadBalancers.in(call).has(arn)) throw nonexistent();
  if (!arn.startsWith('arn:aws:apigateway:')) return;
  const [, api, stage] = /^arn:aws:apigateway:[^:]+::\/restapis\/([^/]+)\/stages\/([^/]+)$/.exec(arn) ?? [];
  // HTTP APIs are none that a firewall stands before.
  if (api === undefined) throw invalid(NO_ARN, 'RESOURCE_ARN', arn);
  if (!stages.in(call).has(`${api}/${stage}`)) throw nonexistent();
}

/** By the names of the API; without one load balancers are meant. */
const SERVICES: Readonly<Record<string, string>> = {
  APPLICATION_LOAD_BALANCER: 'elasticloadbalancing',
  API_GATEWAY: 'apigateway',
  APPSYNC: 'appsync',
  COGNITO_USER_POOL: 'cognito-idp',
};

export function associateWebACL({ WebACLArn, ResourceArn }: AssociateWebACLCommandInput, call: Call) {
  requireValid(['webACLArn', WebACLArn, { required: true }], ['resourceArn', ResourceArn, { required: true }]);
  checkResource(ResourceArn!, call);
  const row = webAcls.in(call).get(WebACLArn!);
  if (!row) throw nonexistent();
  if (row.scope !== 'REGIONAL') throw invalid('The scope is not valid.', 'SCOPE_VALUE', row.scope);
  associations.in(call).put(ResourceArn!, { resource: ResourceArn!, webAcl: row.arn });
  return {};
}

export function disassociateWebACL({ ResourceArn }: DisassociateWebACLCommandInput, call: Call) {
  requireValid(['resourceArn', ResourceArn, { required: true }]);
  checkResource(ResourceArn!, call);
  associations.in(call).delete(ResourceArn!);
  return {};
}

export function getWebACLForResource({ ResourceArn }: GetWebACLForResourceCommandInput, call: Call) {
  requireValid(['resourceArn', ResourceArn, { required: true }]);
  checkResource(ResourceArn!, call);
  const row = webAcls.in(call).get(associations.in(call).get(ResourceArn!)?.webAcl ?? '');
  return row ? { WebACL: webAclOf(row, call) } : {};
}

export function listResourcesForWebACL({ WebACLArn, ResourceType }: ListResourcesForWebACLCommandInput, call: Call) {
  requireValid(['webACLArn', WebACLArn, { required: true }]);
  if (!webAcls.in(call).has(WebACLArn!)) throw nonexistent();
  const service = SERVICES[ResourceType ?? 'APPLICATION_LOAD_BALANCER'];
  return {
    ResourceArns: associations
      .in(call)
      .values()
      .filter(({ webAcl, resource }) => webAcl === WebACLArn && resource.startsWith(`arn:aws:${service}:`))
      .map(({ resource }) => resource),
  };
}
