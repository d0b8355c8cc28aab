import type { Construct } from 'constructs';
import { EdgeFunction } from '../constructs/edge-function.ts';
import { WebAcl } from '../constructs/web-acl.ts';
import { edgeFunctionsOf } from '../edge-functions.ts';
import { EDGE_REGION } from '../edge-region.ts';
import { fitName, pascal } from '../names.ts';
import type { Built } from '../next-output.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** What sites take from us-east-1, wherever the environment stands (S0-56, C12, F-111, F-120). */
export class EdgeStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings, { codes = {} }: Built) {
    const functions = edgeFunctionsOf(settings);
    const description = functions.length > 0 ? 'Firewall and functions of the sites' : 'Firewall of the sites';
    super(scope, 'edge', { ...settings, region: EDGE_REGION }, { description });
    const { links } = this;
    const { project, environment, edge } = settings;
    if (edge.waf) {
      const { arn } = new WebAcl(this, 'Firewall', {
        scope: 'CLOUDFRONT',
        rules: edge.waf,
        logGroupName: fitName(`aws-waf-logs-${project}-${environment}-sites`, 512),
      });
      links.tell(outputs.edge.webAclArn, arn);
    }
    for (const fn of functions) {
      const code = codes[fn.code];
      if (!code) throw new Error(`${fn.code} was not bundled`);
      const made = new EdgeFunction(this, pascal(fn.name), { links, fn, code, account: settings.account });
      links.tell(outputs.edge.functionVersionArn(fn.name), made.versionArn);
      links.tell(outputs.edge.functionName(fn.name), made.functionName);
    }
  }
}
