import { Acm } from './acm.ts';
import { Alarms } from './alarms.ts';
import { ApiGateway } from './api-gateway.ts';
import { ApplicationAutoScaling } from './application-auto-scaling.ts';
import { CloudFormation } from './cloudformation.ts';
import { CloudFront } from './cloudfront.ts';
import type { Connection } from './connection.ts';
import { Ec2 } from './ec2.ts';
import { Ecr } from './ecr.ts';
import { Ecs } from './ecs.ts';
import { Elb } from './elb.ts';
import { Events } from './events.ts';
import { Iam } from './iam.ts';
import { Kms } from './kms.ts';
import { Lambda } from './lambda.ts';
import { Logs } from './logs.ts';
import { Metrics } from './metrics.ts';
import { Quotas } from './quotas.ts';
import { Rds } from './rds.ts';
import { Route53 } from './route53.ts';
import { S3 } from './s3.ts';
import { S3Files } from './s3-files.ts';
import { Secrets } from './secrets.ts';
import { Sns } from './sns.ts';
import { Sqs } from './sqs.ts';
import { Ssm } from './ssm.ts';
import { Sts } from './sts.ts';
import { Trails } from './trails.ts';

/** AWS in one region: a gateway per service. The SDK's client of a service is loaded by the first call to it. */
export class Aws {
  readonly connection: Connection;
  readonly acm: Acm;
  readonly apiGateway: ApiGateway;
  readonly alarms: Alarms;
  readonly applicationAutoScaling: ApplicationAutoScaling;
  readonly cloudFormation: CloudFormation;
  readonly cloudFront: CloudFront;
  readonly ec2: Ec2;
  readonly ecr: Ecr;
  readonly ecs: Ecs;
  readonly elb: Elb;
  readonly events: Events;
  readonly lambda: Lambda;
  readonly logs: Logs;
  readonly metrics: Metrics;
  readonly quotas: Quotas;
  readonly rds: Rds;
  readonly iam: Iam;
  readonly kms: Kms;
  readonly route53: Route53;
  readonly s3: S3;
  readonly s3Files: S3Files;
  readonly secrets: Secrets;
  readonly sns: Sns;
  readonly sqs: Sqs;
  readonly ssm: Ssm;
  readonly sts: Sts;
  readonly trails: Trails;
  readonly #elsewhere = new Map<string, Aws>();

  constructor(connection: Connection) {
    this.connection = connection;
    this.acm = new Acm(connection);
    this.apiGateway = new ApiGateway(connection);
    this.alarms = new Alarms(connection);
    this.applicationAutoScaling = new ApplicationAutoScaling(connection);
    this.cloudFormation = new CloudFormation(connection);
    this.cloudFront = new CloudFront(connection);
    this.ec2 = new Ec2(connection);
    this.ecr = new Ecr(connection);
    this.ecs = new Ecs(connection);
    this.elb = new Elb(connection);
    this.events = new Events(connection);
    this.lambda = new Lambda(connection);
    this.logs = new Logs(connection);
    this.metrics = new Metrics(connection);
    this.quotas = new Quotas(connection);
    this.rds = new Rds(connection);
    this.iam = new Iam(connection);
    this.kms = new Kms(connection);
    this.route53 = new Route53(connection);
    this.s3 = new S3(connection);
    this.s3Files = new S3Files(connection);
    this.secrets = new Secrets(connection);
    this.sns = new Sns(connection);
    this.sqs = new Sqs(connection);
    this.ssm = new Ssm(connection);
    this.sts = new Sts(connection);
    this.trails = new Trails(connection);
  }

  get account(): string {
    return this.connection.account;
  }

  get region(): string {
    return this.connection.region;
  }

  /** The same account in another region; asked again, the same connections to it. */
  in(region: string): Aws {
    if (region === this.region) return this;
    const known = this.#elsewhere.get(region) ?? new Aws({ ...this.connection, region });
    this.#elsewhere.set(region, known);
    return known;
  }

  /** Calls that Ctrl-C does not cut off: for cancelling what is under way, and for watching it end. */
  uninterrupted(): Aws {
    const { signal: _, ...connection } = this.connection;
    return new Aws(connection);
  }
}
