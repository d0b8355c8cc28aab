import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { AllocateAddressCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateBucketCommand, DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { stateBucketName } from '../release/state-bucket.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { grantQuota } from '../sandbox/services/servicequotas/state.ts';
import { BUCKET, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { migratingYaml } from '../testing/migrating-yaml.ts';
import { stateObjects } from '../testing/state-objects.ts';

const own = (blocks: string, network = '{ nat: { gateways: 1 } }') =>
  smallYaml(blocks).replace(/^network: .*$/m, `network: ${network}`);
const BUCKET_OF_STATE = stateBucketName({ project: 'demo', account: '111111111111', region: 'us-east-1' });
const worker = own('services: { worker: { image: { context: . } } }', '{ nat: none }');

describe('platform deploy --preflight', () => {
  it('says that nothing is in the way, and changes nothing', async () => {
    const project = await startDeployable({ yaml: smallYaml(`${QUEUE}\n${BUCKET}`) });
    project.forget();
    const run = await project.platform('deploy --env dev --preflight');
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('ok       The CDK can deploy in every region');
    expect(run.stdout).toContain('Nothing keeps dev from being deployed, as far as can be seen');
    expect(project.writes()).toEqual([]);
  });

  it('has a document with every group, blocked ones too, and ends with 1', async () => {
    const yaml = smallYaml(
      'secrets: { app: { keys: { API_KEY: {} } } }\nservices: { worker: { image: { context: . }, secrets: { "*": "secret.app#*" } } }',
    ).replace(/^network: .*$/m, 'network: { nat: none }');
    const project = await startDeployable({ yaml });
    project.forget();
    const run = await project.platform('deploy --env dev --preflight --json');
    expect(run.exitCode).toBe(1);
    const { groups, blocked } = run.json();
    expect(blocked).toBe(true);
    expect(groups.map(({ group }: { group: string }) => group)).toEqual([
      'configuration',
      'identity',
      'bootstrap',
      'stacks',
      'templates',
      'quotas',
      'network',
      'secrets',
      'images',
      'certificates',
      'migrations',
      'databases',
      'names',
      'bootstrap-roles',
      'roles',
      'plan',
    ]);
    expect(groups.find(({ group }: { group: string }) => group === 'secrets')).toMatchObject({
      status: 'blocked',
      problems: [{ rule: 'F-90', remedy: 'platform secrets push --env dev' }],
    });
    expect(project.writes()).toEqual([]);
  });

  it('says what it may not look at, and takes it for neither good nor bad', async () => {
    const project = await startDeployable({ yaml: own(QUEUE) });
    project.aws.faults.push({
      service: 'servicequotas',
      times: 10,
      with: new AwsFault('AccessDeniedException', 'not authorized to perform: servicequotas:GetServiceQuota'),
    });
    const run = await project.platform('deploy --env dev --preflight --json');
    expect(run.exitCode).toBe(0);
    expect(run.json().groups.find(({ group }: { group: string }) => group === 'quotas')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('servicequotas:GetServiceQuota'),
    });
  });

  it('is not mixed with --attach: exit 2', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    expect((await project.platform('deploy --env dev --preflight --attach')).exitCode).toBe(2);
  });
});

describe('before anything is changed, a deployment', () => {
  it('F-134: counts VPCs and addresses against what the account may have', async () => {
    const project = await startDeployable({ yaml: own(QUEUE) });
    grantQuota(project.aws.scope, { service: 'vpc', code: 'L-F678F1CE', value: 1 });
    const ec2 = project.aws.client(EC2Client);
    for (let taken = 0; taken < 5; taken += 1) await ec2.send(new AllocateAddressCommand({}));
    project.forget();
    const run = await project.platform('deploy --env dev --yes --json');
    expect(run.exitCode).toBe(1);
    expect(run.json().error.problems).toMatchObject([
      {
        rule: 'F-134',
        message: 'This deployment needs 1 more VPCs in us-east-1, where account 111111111111 has 1 of 1',
      },
      {
        rule: 'F-134',
        message:
          'This deployment needs 1 more Elastic IP addresses in us-east-1, where account 111111111111 has 5 of 5',
        remedy: expect.stringContaining('--quota-code L-0263D0A3 --desired-value 6 --region us-east-1'),
      },
    ]);
    expect(project.writes()).toEqual([]);
  });

  it('F-56: counts the vCPUs of the services, and of a rollout of them all, against the quota of Fargate', async () => {
    const yaml = worker.replace(
      '{ context: . }',
      '{ context: . }, cpu: 4096, memory: 8192, scaling: { min: 2, max: 2 }',
    );
    const project = await startDeployable({ yaml });
    const quotas = async (value: number) => {
      grantQuota(project.aws.scope, { service: 'fargate', code: 'L-3032A538', value });
      const { groups } = (await project.platform('deploy --env dev --sandbox --preflight --json')).json();
      return groups.find(({ group }: { group: string }) => group === 'quotas');
    };
    expect(await quotas(6)).toMatchObject({
      status: 'blocked',
      problems: [
        {
          rule: 'F-56',
          message: 'The services need 8 vCPUs on Fargate, where account 111111111111 may run 6',
          remedy: expect.stringContaining('--quota-code L-3032A538 --desired-value 8 --region us-east-1'),
        },
      ],
    });
    expect(await quotas(8)).toMatchObject({ status: 'passed' });

    await project.succeed('deploy --env dev --sandbox --yes');
    project.configure(yaml.replace('memory: 8192', 'memory: 16384'));
    expect(await quotas(10)).toMatchObject({ status: 'warned', problems: [{ rule: 'F-56', severity: 'warning' }] });
    expect(await quotas(16)).toMatchObject({ status: 'passed' });
  });

  it('asks for no quota where it adds nothing that is counted (not F-134, not F-56)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    grantQuota(project.aws.scope, { service: 'vpc', code: 'L-F678F1CE', value: 1 });
    await project.succeed('deploy --env dev --preflight');
    expect(project.asked().filter((call) => call.startsWith('servicequotas:'))).toEqual([]);
  });

  it('is not stopped where it may not look, and says so', async () => {
    const project = await startDeployable({ yaml: own(QUEUE) });
    project.aws.faults.push({
      service: 'servicequotas',
      times: 10,
      with: new AwsFault('AccessDeniedException', 'not authorized to perform: servicequotas:GetServiceQuota'),
    });
    const run = await project.succeed('deploy --env dev --yes');
    expect(run.stderr).toContain('quotas: not looked at before the deployment');
  });

  it('F-136 and not F-136: warns of a VPC whose addresses another has, and proposes free ones', async () => {
    const project = await startDeployable({ yaml: own(QUEUE, '{ nat: none }') });
    await project.aws.client(EC2Client).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/20' }));
    const networkOf = async () => {
      const run = await project.platform('deploy --env dev --preflight --json');
      return run.json().groups.find(({ group }: { group: string }) => group === 'network');
    };
    expect(await networkOf()).toMatchObject({
      status: 'warned',
      problems: [
        {
          rule: 'F-136',
          message: expect.stringMatching(/addresses of vpc-\w+ \(10\.0\.0\.0\/20\) in us-east-1/),
          remedy: expect.stringContaining('such as 10.1.0.0/16'),
        },
      ],
    });
    project.configure(own(QUEUE, '{ nat: none, cidr: 10.1.0.0/16 }'));
    expect(await networkOf()).toMatchObject({ status: 'passed' });
    // What stands keeps its range: nobody is told again.
    project.configure(own(QUEUE, '{ nat: none }'));
    expect((await project.succeed('deploy --env dev --yes')).stderr).toContain('(F-136)');
    expect(await networkOf()).toMatchObject({ status: 'passed' });
  });

  it('F-88: says that somebody migrates, and does not when he has ended (not F-88)', async () => {
    const project = await startDeployable({ yaml: migratingYaml() });
    const objects = stateObjects(project.aws);
    const statusOf = async () => {
      const run = await project.platform('deploy --env dev --sandbox --preflight --json');
      return run.json().groups.find(({ group }: { group: string }) => group === 'migrations');
    };
    expect(await statusOf()).toMatchObject({ status: 'passed' });
    await project.aws.client(S3Client).send(new CreateBucketCommand({ Bucket: BUCKET_OF_STATE }));
    const now = Date.now();
    const held = {
      id: 'other',
      principal: 'arn:aws:iam::111111111111:user/ada',
      host: 'elsewhere',
      command: 'migrate',
      takenAt: now,
      beatAt: now,
    };
    await objects.put('environments/dev/migration-lock.json', JSON.stringify(held));
    expect(await statusOf()).toMatchObject({
      status: 'warned',
      problems: [
        {
          rule: 'F-88',
          message: expect.stringContaining('user/ada on elsewhere has been migrating dev with "migrate"'),
        },
      ],
    });
  });

  it('F-22: is stopped by a bootstrap whose bucket is gone, before anybody is asked', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.aws
      .client(S3Client)
      .send(new DeleteBucketCommand({ Bucket: 'cdk-hnb659fds-assets-111111111111-us-east-1' }));
    project.forget();
    const run = await project.platform('deploy --env dev --yes --json');
    expect(run.json().error.problems).toMatchObject([{ rule: 'F-22', remedy: 'platform bootstrap repair --env dev' }]);
    expect(project.writes()).toEqual([]);
  });

  it('F-21: says that it would bootstrap, which blocks nothing (not F-22)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), bootstrapped: true });
    const run = await project.platform('deploy --env dev --preflight --json');
    expect(run.exitCode).toBe(0);
    expect(run.json().groups.find(({ group }: { group: string }) => group === 'bootstrap')).toMatchObject({
      status: 'warned',
      problems: [{ rule: 'F-21', severity: 'warning' }],
    });
  });

  it('F-70 and F-69: looks at certificates that are named', async () => {
    const project = await startDeployable({ yaml: worker });
    const { CertificateArn: arn } = await project.aws
      .client(ACMClient)
      .send(new RequestCertificateCommand({ DomainName: 'app.example.com', ValidationMethod: 'DNS' }));
    const web = (certificate: string) =>
      own(
        `services: { web: { image: { context: . }, port: 8080, health: { path: / }, http: { domain: app.example.com, certificate: "${certificate}" } } }`,
        '{ nat: none }',
      );
    const rulesOf = async (certificate: string) => {
      project.configure(web(certificate));
      const run = await project.platform('deploy --env dev --preflight --json');
      return run
        .json()
        .groups.find(({ group }: { group: string }) => group === 'certificates')
        .problems.map(({ rule }: { rule: string }) => rule);
    };
    expect(await rulesOf(arn!)).toEqual(['F-70']);
    expect(await rulesOf(arn!.replace(/[\w-]+$/, '00000000-0000-0000-0000-000000000000'))).toEqual(['F-69']);
    expect(await rulesOf(arn!.replace('us-east-1', 'eu-west-1'))).toEqual(['F-69']);
  });
});
