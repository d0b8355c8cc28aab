import { Construct } from 'constructs';
import { codedeploy, core, iam } from '../aws-cdk.ts';
import { Api } from '../constructs/api.ts';
import { LambdaFunction } from '../constructs/lambda-function.ts';
import { NextServer } from '../constructs/next-server.ts';
import { WebAcl } from '../constructs/web-acl.ts';
import { fitName, pascal } from '../names.ts';
import type { Built } from '../next-output.ts';
import { outputs } from '../outputs.ts';
import { trust } from '../policy.ts';
import type { AppSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** Functions with their aliases and triggers, the APIs that they answer, and the servers of Next.js applications. */
export class FunctionsStack extends PlatformStack {
  readonly #firewall: () => string;

  constructor(scope: Construct, settings: AppSettings, { codes = {}, next = {} }: Built) {
    super(scope, 'functions', settings, { description: 'Functions and APIs' });
    const { links } = this;
    const told = outputs.functions;
    const functions = new Construct(this, 'Functions');
    const traffic = this.#trafficOnce();
    this.#firewall = this.#firewallOnce(settings);

    const apis = this.#addresses(settings);
    const made = new Map<string, LambdaFunction>();
    for (const [name, fn] of Object.entries(settings.functions)) {
      const code = codes[name];
      if (!code) throw new Error(`function ${name} was not bundled`);
      const one = new LambdaFunction(functions, pascal(name), { links, settings, name, fn, code, traffic });
      made.set(name, one);
      links.tell(told.functionName(name), one.functionName);
      links.tell(told.functionArn(name), one.aliasArn);
      links.tell(told.functionVersion(name), one.version);
      links.tell(told.functionLogGroup(name), one.logGroup);
      if (one.deadLetters) links.tell(told.functionDeadLettersUrl(name), one.deadLetters.url);
      if (one.trigger?.queueReader) links.tell(told.functionQueueReader(name), one.trigger.queueReader);
      if (one.trigger?.schedule) links.tell(told.functionSchedule(name), one.trigger.schedule);
      if (one.trigger?.rule) links.tell(told.functionRule(name), one.trigger.rule.name);
    }
    for (const [name, api] of apis) this.#answers(name, api, settings, made);
    const sites = new Construct(this, 'Sites');
    for (const [name, site] of Object.entries(settings.sites)) {
      if (site.kind !== 'next') continue;
      const output = next[name];
      if (!output) throw new Error(`site ${name} was not built`);
      new NextServer(sites, pascal(name), { links, settings, name, site, output, traffic });
    }
  }

  /** Before the functions, which may be given the address of an API, their own among them. */
  #addresses(settings: AppSettings): Map<string, Api> {
    const { links } = this;
    const scope = new Construct(this, 'Apis');
    const apis = new Map<string, Api>();
    for (const [name, own] of Object.entries(settings.apis)) {
      const api = new Api(scope, pascal(name), own, links);
      apis.set(name, api);
      links.tell(outputs.functions.apiUrl(name), api.url);
      links.tell(outputs.functions.apiId(name), api.id);
    }
    return apis;
  }

  #answers(name: string, api: Api, settings: AppSettings, functions: ReadonlyMap<string, LambdaFunction>) {
    const { links } = this;
    const told = outputs.functions;
    const { accessLog, keyId, domain, users } = api.answer({
      links,
      settings,
      name,
      functions,
      firewall: this.#firewall,
    });
    if (accessLog) links.tell(told.apiAccessLog(name), accessLog);
    if (keyId) links.tell(told.apiKeyId(name), keyId);
    if (domain) {
      links.tell(told.apiDomainTarget(name), domain.target);
      links.tell(told.apiDomainZone(name), domain.zone);
    }
    if (users) {
      links.tell(told.apiUserPoolId(name), users.id);
      links.tell(told.apiUserPoolClientId(name), users.clientId);
    }
  }

  /** One firewall for all APIs that have one before them; made when the first asks. */
  #firewallOnce({ project, environment, apis }: AppSettings) {
    let made: string | undefined;
    const rules = Object.values(apis).find(({ waf }) => waf)?.waf ?? false;
    return () => {
      made ??= new WebAcl(this, 'Firewall', {
        scope: 'REGIONAL',
        rules,
        logGroupName: fitName(`aws-waf-logs-${project}-${environment}-apis`, 512),
      }).arn;
      return made;
    };
  }

  /** One application and one role for all functions whose traffic moves in steps; made when the first asks. */
  #trafficOnce() {
    let made: { application: string; roleArn: string } | undefined;
    return () => {
      made ??= {
        application: new codedeploy.CfnApplication(this, 'Traffic', { computePlatform: 'Lambda' }).ref,
        roleArn: new iam.CfnRole(this, 'TrafficRole', {
          assumeRolePolicyDocument: trust('codedeploy.amazonaws.com'),
          managedPolicyArns: [
            `arn:${core.Aws.PARTITION}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited`,
          ],
        }).attrArn,
      };
      return made;
    };
  }
}

/** Whether anything of the settings belongs into the stack. */
export const hasFunctions = ({ functions, sites }: AppSettings): boolean =>
  Object.keys(functions).length > 0 || Object.values(sites).some(({ kind }) => kind === 'next');
