import type { Construct } from 'constructs';
import { WebAcl } from '../constructs/web-acl.ts';
import { EDGE_REGION } from '../edge-region.ts';
import { fitName } from '../names.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** What sites take from us-east-1, wherever the environment stands (S0-56, C12, F-111, F-120). */
export class EdgeStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings) {
    super(scope, 'edge', { ...settings, region: EDGE_REGION }, { description: 'Firewall of the sites' });
    const { project, environment, edge } = settings;
    if (!edge.waf) return;
    const { arn } = new WebAcl(this, 'Firewall', {
      scope: 'CLOUDFRONT',
      rules: edge.waf,
      logGroupName: fitName(`aws-waf-logs-${project}-${environment}-sites`, 512),
    });
    this.links.tell(outputs.edge.webAclArn, arn);
  }
}

/** Whether anything of the settings belongs into the stack. */
export const hasEdge = ({ edge, sites }: AppSettings): boolean => edge.waf !== false && Object.keys(sites).length > 0;
