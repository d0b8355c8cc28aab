import { Construct } from 'constructs';
import type { ApiSettings } from '../api-settings.ts';
import { apigateway, apigatewayv2 } from '../aws-cdk.ts';

export interface ApiDomainProps {
  kind: ApiSettings['kind'];
  domain: string;
  certificateArn: string;
  apiId: string;
  stage: string;
}

/** A host name of one's own for an API, over TLS 1.2 and newer (S4-76, S4-77, S4-78). */
export class ApiDomain extends Construct {
  /** What the name has to lead to, and its hosted zone, for an alias record. */
  readonly target: string;
  readonly zone: string;

  constructor(scope: Construct, id: string, { kind, domain, certificateArn, apiId, stage }: ApiDomainProps) {
    super(scope, id);
    const securityPolicy = 'TLS_1_2';
    if (kind === 'rest') {
      const name = new apigateway.CfnDomainName(this, 'Name', {
        domainName: domain,
        regionalCertificateArn: certificateArn,
        endpointConfiguration: { types: ['REGIONAL'] },
        securityPolicy,
      });
      new apigateway.CfnBasePathMapping(this, 'Mapping', { restApiId: apiId, stage, domainName: name.ref });
      this.target = name.attrRegionalDomainName;
      this.zone = name.attrRegionalHostedZoneId;
      return;
    }
    const name = new apigatewayv2.CfnDomainName(this, 'Name', {
      domainName: domain,
      domainNameConfigurations: [{ certificateArn, endpointType: 'REGIONAL', securityPolicy }],
    });
    new apigatewayv2.CfnApiMapping(this, 'Mapping', { apiId, stage, domainName: name.ref });
    this.target = name.attrRegionalDomainName;
    this.zone = name.attrRegionalHostedZoneId;
  }
}
