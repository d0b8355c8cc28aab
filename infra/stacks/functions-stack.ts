import { Construct } from 'constructs';
import { codedeploy, core, iam } from '../aws-cdk.ts';
import { LambdaFunction } from '../constructs/lambda-function.ts';
import type { FunctionCode } from '../function-settings.ts';
import { pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import { trust } from '../policy.ts';
import type { AppSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** Code by function. */
export type Codes = Readonly<Record<string, FunctionCode>>;

/** Functions with their aliases and triggers. */
export class FunctionsStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings, codes: Codes) {
    super(scope, 'functions', settings, { description: 'Functions' });
    const { links } = this;
    const told = outputs.functions;
    const functions = new Construct(this, 'Functions');
    const traffic = this.#trafficOnce();

    for (const [name, fn] of Object.entries(settings.functions)) {
      const code = codes[name];
      if (!code) throw new Error(`function ${name} was not bundled`);
      const made = new LambdaFunction(functions, pascal(name), { links, settings, name, fn, code, traffic });
      links.tell(told.functionName(name), made.functionName);
      links.tell(told.functionArn(name), made.aliasArn);
      links.tell(told.functionVersion(name), made.version);
      links.tell(told.functionLogGroup(name), made.logGroup);
      if (made.deadLetters) links.tell(told.functionDeadLettersUrl(name), made.deadLetters.url);
      if (made.trigger?.queueReader) links.tell(told.functionQueueReader(name), made.trigger.queueReader);
      if (made.trigger?.rule) links.tell(told.functionRule(name), made.trigger.rule.name);
    }
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
