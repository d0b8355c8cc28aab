// An application of somebody else's, deployed by the cdk CLI: nothing of platform is in it.
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
const app = new App();

class Ground extends Stack {
  constructor(scope, id, props) {
    super(scope, id, props);
    this.vpc = new Vpc(this, 'Vpc', { availabilityZones: [`${env.region}a`, `${env.region}b`], natGateways: 1 });
    this.bucket = new Bucket(this, 'Bucket', { versioned: true, removalPolicy: RemovalPolicy.DESTROY });
  }
}

class Work extends Stack {
  constructor(scope, id, { bucket, ...props }) {
    super(scope, id, props);
    const queue = new Queue(this, 'Queue', {
      visibilityTimeout: Duration.seconds(Number(process.env.VISIBILITY ?? 30)),
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    bucket.grantRead(role);
    queue.grantSendMessages(role);
    const asset = new Asset(this, 'Asset', { path: import.meta.filename });
    new StringParameter(this, 'Parameter', { parameterName: '/elsewhere/queue', stringValue: queue.queueUrl });
    new CfnOutput(this, 'QueueUrl', { value: queue.queueUrl });
    new CfnOutput(this, 'AssetKey', { value: asset.s3ObjectKey });
  }
}

const ground = new Ground(app, 'Ground', { env });
new Work(app, 'Work', { env, bucket: ground.bucket });
