import type { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import type { ApiSettings } from '../api-settings.ts';
import { apigateway, apigatewayv2, core, waf } from '../aws-cdk.ts';
import type { Links } from '../links.ts';
import { pascal } from '../names.ts';
import type { AppSettings } from '../settings.ts';
import { ApiDomain } from './api-domain.ts';
import { HttpApi } from './http-api.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { RestApi } from './rest-api.ts';
import { RestStage } from './rest-stage.ts';
import { UserPool } from './user-pool.ts';

export interface ApiProps {
  links: Links;
  settings: AppSettings;
  name: string;
  functions: ReadonlyMap<string, LambdaFunction>;
  /** ARN of the firewall that APIs share; made when the first asks. */
  firewall: () => string;
}

/**
 * An API in two steps: what gives it an address, which its own functions may want to know, and then what it answers,
 * which needs the functions.
 */
export class Api extends Construct {
  readonly id: string;
  readonly url: string;
  readonly #own: ApiSettings;
  readonly #rest: CfnRestApi | undefined;
  readonly #http: CfnApi | undefined;

  constructor(scope: Construct, id: string, own: ApiSettings, links: Links) {
    super(scope, id);
    this.#own = own;
    const { kind, name, description, minCompressionBytes, cors, stage, domain } = own;
    const named = { name: links.text(name), ...(description ? { description: links.text(description) } : {}) };
    if (kind === 'rest') {
      this.#rest = new apigateway.CfnRestApi(this, 'Api', {
        ...named,
        endpointConfiguration: { types: ['REGIONAL'] },
        ...(minCompressionBytes === undefined ? {} : { minimumCompressionSize: minCompressionBytes }),
      });
    } else {
      this.#http = new apigatewayv2.CfnApi(this, 'Api', {
        ...named,
        protocolType: 'HTTP',
        ...(cors
          ? {
              corsConfiguration: {
                allowOrigins: [...cors.origins],
                allowMethods: [...cors.methods],
                allowHeaders: [...cors.headers],
                maxAge: 7200,
              },
            }
          : {}),
      });
    }
    this.id = (this.#rest ?? this.#http)!.ref;
    this.url = domain
      ? `https://${domain.name}`
      : core.Fn.join('', [`https://${this.id}.execute-api.`, core.Aws.REGION, '.', core.Aws.URL_SUFFIX, `/${stage}`]);
  }

  answer({ links, settings, name, functions, firewall }: ApiProps): {
    accessLog: string | undefined;
    keyId: string | undefined;
    domain: ApiDomain | undefined;
    users: UserPool | undefined;
  } {
    const own = this.#own;
    const { authorizer } = own;
    const users =
      authorizer.kind === 'cognito'
        ? new UserPool(this, 'Users', { ...authorizer, region: settings.region })
        : undefined;
    const handler = functions.get(own.handler);
    if (!handler) throw new Error(`api ${name} is answered by ${own.handler}, which is no function`);
    const routeHandlers = new Map(
      Object.values(own.routes ?? {}).flatMap((route) => {
        if (route.handler === undefined) return [];
        const found = functions.get(route.handler);
        if (!found) throw new Error(`a route of api ${name} leads to ${route.handler}, which is no function`);
        return [[route.handler, found] as const];
      }),
    );
    const shared = { handler, routeHandlers, ...(users ? { users } : {}) };
    let stage: { name: string; accessLog: string | undefined; keyId?: string | undefined };
    if (this.#rest) {
      const guard = authorizer.kind === 'function' ? functions.get(authorizer.name) : undefined;
      const answers = new RestApi(this, 'Answers', {
        settings: own,
        api: this.#rest,
        ...shared,
        ...(guard ? { authorizer: guard } : {}),
      });
      const { deploymentId } = answers;
      stage = new RestStage(this, 'Stage', { settings, api: own, restApi: this.#rest, deploymentId });
      if (own.waf)
        new waf.CfnWebACLAssociation(this, 'Guarded', {
          resourceArn: `arn:${core.Aws.PARTITION}:apigateway:${core.Aws.REGION}::/restapis/${this.#rest.ref}/stages/${stage.name}`,
          webAclArn: firewall(),
        });
    } else {
      const answers = new HttpApi(this, 'Answers', { settings, own, api: this.#http!, ...shared });
      stage = { name: answers.stage, accessLog: answers.accessLog };
    }
    const domain = own.domain
      ? new ApiDomain(this, 'Domain', {
          kind: own.kind,
          domain: own.domain.name,
          certificateArn:
            own.domain.certificateArn ?? links.state(`CertificateApi${pascal(name)}`, `certificate/apis/${name}`),
          apiId: this.id,
          stage: stage.name,
        })
      : undefined;
    return { accessLog: stage.accessLog, keyId: stage.keyId, domain, users };
  }
}
