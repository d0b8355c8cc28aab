import { CreateSubnetCommand, DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

const yaml = (azs: number) => smallYaml(QUEUE).replace(/^network: .*$/m, `network: { nat: none, azs: ${azs} }`);

it('F-12: says what a stack failed of, where that was read, and what to type, in text and in the document', async () => {
  const project = await startDeployable({ yaml: yaml(2), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });
  await project.succeed('deploy --env dev --yes');
  const ec2 = project.aws.client(EC2Client);
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['false'] }] }));
  const [{ VpcId, CidrBlock = '' } = {}] = Vpcs!;
  // Somebody takes all of the network that is free.
  const net = CidrBlock.split('.').slice(0, 2).join('.');
  for (let third = 0; third < 256; third += 16)
    await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: `${net}.${third}.0/20` })).catch(() => undefined);
  for (let third = 0; third < 256; third += 1)
    await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: `${net}.${third}.0/24` })).catch(() => undefined);

  project.configure(yaml(3));
  const run = await project.platform('deploy --env dev --yes --json');
  expect(run.exitCode).toBe(1);
  expect(run.json().error).toMatchObject({
    id: 'stack-failed',
    details: {
      causes: [
        {
          id: 'F-12',
          subject: 'stacks.network',
          certainty: 'certain',
          evidence: [
            {
              call: 'cloudformation:DescribeStackEvents',
              read: expect.stringMatching(/^StackEvents\[\d+\]\.ResourceStatusReason$/),
              value: expect.stringContaining('conflicts with another subnet'),
            },
          ],
          remedy: expect.stringContaining('availability zones'),
        },
      ],
    },
  });
  expect(run.stderr).toContain('read: cloudformation:DescribeStackEvents StackEvents[');
});
