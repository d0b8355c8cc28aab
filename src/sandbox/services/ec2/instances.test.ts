import {
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

describe('an instance', () => {
  it('starts from the image that Parameter Store names, runs after seconds, and is remembered when it is gone', async () => {
    const sandbox = await startSandbox();
    sandbox.world.pause();
    const ec2 = sandbox.client(EC2Client);
    const { Parameter } = await sandbox
      .client(SSMClient)
      .send(new GetParameterCommand({ Name: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64' }));
    const { Instances } = await ec2.send(
      new RunInstancesCommand({ ImageId: Parameter!.Value, InstanceType: 't4g.nano', MinCount: 1, MaxCount: 1 }),
    );
    const InstanceIds = [Instances![0]!.InstanceId!];
    const look = async () =>
      (await ec2.send(new DescribeInstancesCommand({ InstanceIds }))).Reservations![0]!.Instances![0]!;
    expect(Instances![0]).toMatchObject({ State: { Name: 'pending' }, Architecture: 'arm64' });
    await sandbox.settle();
    expect(await look()).toMatchObject({
      State: { Code: 16, Name: 'running' },
      PrivateIpAddress: '172.31.0.4',
      PublicIpAddress: expect.any(String),
    });
    await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
    await sandbox.settle();
    expect(await look()).toMatchObject({ State: { Name: 'terminated' }, NetworkInterfaces: [] });
    await sandbox.advance(60 * 60_000);
    expect(await answerOf(ec2.send(new DescribeInstancesCommand({ InstanceIds })))).toEqual(
      refusal('InvalidInstanceID.NotFound', `The instance ID '${InstanceIds[0]}' does not exist`),
    );
  });

  it('is refused for an image that nobody has', async () => {
    const ec2 = (await startSandbox()).client(EC2Client);
    const run = (ImageId: string) =>
      answerOf(ec2.send(new RunInstancesCommand({ ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 })));
    expect(await run('ami-00000000000000000')).toEqual(
      refusal('InvalidAMIID.NotFound', "The image id '[ami-00000000000000000]' does not exist"),
    );
    expect(await run('ubuntu')).toEqual(
      refusal('InvalidAMIID.Malformed', 'Invalid id: "ubuntu" (expecting "ami-...")'),
    );
  });
});
