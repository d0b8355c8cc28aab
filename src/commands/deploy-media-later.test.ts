import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  GetTemplateCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const SITE = 'sites: { pictures: { kind: media, bucket: bucket.media } }';
const yamls = (onDelete: string) => {
  const bucket = `buckets: { media: { access: cdn, onDelete: ${onDelete} } }`;
  return { bare: smallYaml(bucket), shown: smallYaml(`${bucket}\n${SITE}`) };
};
const AT = '--env dev --sandbox --yes';
const LOGS = '--confirm dev/sites.LogsBucket8640D480';

/** What is on the bucket, and what has ever become of the resource that says it. */
async function watch(project: Deployable, bucket: string) {
  const s3 = project.aws.client(S3Client, { account: '111111111111' });
  const cloudFormation = project.aws.client(CloudFormationClient, { account: '111111111111' });
  return {
    cloudFormation,
    sids: async (): Promise<string[]> => {
      const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
      return JSON.parse(Policy!).Statement.map(({ Sid }: { Sid: string }) => Sid);
    },
    fates: async (stack: string): Promise<string[]> => {
      const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: stack }));
      return StackEvents.filter(
        ({ ResourceType, PhysicalResourceId }) =>
          ResourceType === 'AWS::S3::BucketPolicy' && PhysicalResourceId === bucket,
      )
        .map(({ ResourceStatus }) => ResourceStatus!)
        .filter((status) => !status.endsWith('_IN_PROGRESS'))
        .reverse();
    },
  };
}

const bucketOf = async (project: Deployable) =>
  (await project.succeed(`deploy ${AT} --json`)).json().outputs['buckets.media.name'] as string;

const changesNothing = async (project: Deployable) => {
  project.forget();
  await project.succeed(`deploy ${AT}`);
  expect(project.writes()).toEqual([]);
};

describe('a bucket that stands already', () => {
  it.each(['retain', 'destroy'])(
    'with onDelete: %s gets a site and loses it, and its one policy passes from stack to stack without ever leaving it (S0-55, F-119)',
    async (onDelete) => {
      const { bare, shown } = yamls(onDelete);
      const project = await startDeployable({ yaml: bare });
      const { sids, fates } = await watch(project, await bucketOf(project));
      expect(await sids()).toEqual(['RequireTls']);

      project.configure(shown);
      project.forget();
      const dry = await project.succeed('deploy --env dev --sandbox --dry-run');
      expect(dry.stderr).toMatch(/takes over the policy of .+, which is there already/);
      expect(project.writes()).toEqual([]);
      await project.succeed(`deploy ${AT}`);
      expect(await sids()).toEqual(['RequireTls', 'CloudFrontReads']);
      expect(await fates('demo-dev-sites')).toEqual(['IMPORT_COMPLETE', 'UPDATE_COMPLETE']);
      await changesNothing(project);

      project.configure(bare);
      await project.succeed(`deploy ${AT} ${LOGS}`);
      expect(await sids()).toEqual(['RequireTls']);
      // Made once, deleted never: taken in as it was on the bucket, and narrowed when the site is gone.
      const all = ['CREATE_COMPLETE', 'DELETE_SKIPPED', 'IMPORT_COMPLETE', 'UPDATE_COMPLETE'];
      expect(await fates('demo-dev-data')).toEqual(all);
      await changesNothing(project);
    },
  );
});

describe('a policy on its way from stack to stack', () => {
  it('is taken in by the next deployment where one was cut off in between, and rolled back with its release (F-119)', async () => {
    const { bare, shown } = yamls('retain');
    const project = await startDeployable({ yaml: bare });
    const { sids, fates } = await watch(project, await bucketOf(project));
    project.configure(shown);
    // Out of `data` already, not in `sites` yet.
    project.aws.faults.push({
      operation: 'CreateChangeSet',
      skip: 1,
      with: new AwsFault('InsufficientCapabilitiesException', 'not now'),
    });
    expect((await project.platform(`deploy ${AT}`)).exitCode).toBe(1);
    expect(await sids()).toEqual(['RequireTls']);
    await project.succeed(`deploy ${AT}`);
    expect(await sids()).toEqual(['RequireTls', 'CloudFrontReads']);

    await project.succeed(`rollback ${AT} ${LOGS}`);
    // A rollback takes nothing from what holds state; the distribution that it lets in is gone.
    expect(await sids()).toEqual(['RequireTls', 'CloudFrontReads']);
    expect(await fates('demo-dev-data')).not.toContain('DELETE_COMPLETE');
    await project.succeed(`rollback ${AT} --to ${(await newest(project)).rollback.from}`);
    expect(await sids()).toEqual(['RequireTls', 'CloudFrontReads']);
    project.configure(bare);
    await project.succeed(`deploy ${AT} ${LOGS}`);
    expect(await sids()).toEqual(['RequireTls']);
  });

  it.each([
    ['ExecuteChangeSet', 0, 'before it is let go of'],
    ['ExecuteChangeSet', 1, 'before it is taken in'],
    ['CreateChangeSet', 2, 'before it says anything new'],
  ])('reaches its end again from %s %i, %s', async (operation, skip) => {
    const { bare, shown } = yamls('destroy');
    const project = await startDeployed({ yaml: bare });
    const { sids, fates } = await watch(project, await bucketOf(project));
    project.configure(shown);
    const EXPIRED = new AwsFault('ExpiredTokenException', 'The security token included in the request is expired');
    // Where the policy goes with its bucket's stack, telling it to stay comes first.
    project.aws.faults.push({ service: 'cloudformation', operation, skip: skip + 1, times: 1_000, with: EXPIRED });
    expect((await project.platform(`deploy ${AT}`)).exitCode).toBe(4);
    expect(await sids()).toEqual(['RequireTls']);
    project.aws.faults.length = 0;
    await project.succeed(`deploy ${AT}`);
    expect(await sids()).toEqual(['RequireTls', 'CloudFrontReads']);
    expect([...(await fates('demo-dev-data')), ...(await fates('demo-dev-sites'))]).not.toContain('DELETE_COMPLETE');
    await changesNothing(project);
  });

  it('is told to stay first where an earlier version of platform said that it goes with its stack', async () => {
    const { bare, shown } = yamls('destroy');
    const project = await startDeployable({ yaml: shown });
    const { cloudFormation, sids, fates } = await watch(project, await bucketOf(project));
    const stack = { StackName: 'demo-dev-sites' };
    const { TemplateBody } = await cloudFormation.send(new GetTemplateCommand(stack));
    const template = JSON.parse(TemplateBody!);
    const [policy] = Object.keys(template.Resources).filter((id) => id.startsWith('ReadsMedia'));
    Object.assign(template.Resources[policy!], {
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Metadata: {},
    });
    const Parameters = Object.keys(template.Parameters).map((ParameterKey) => ({
      ParameterKey,
      UsePreviousValue: true,
    }));
    await cloudFormation.send(new UpdateStackCommand({ ...stack, TemplateBody: JSON.stringify(template), Parameters }));
    await project.aws.settle();

    project.configure(bare);
    await project.succeed(`deploy ${AT} ${LOGS}`);
    expect(await sids()).toEqual(['RequireTls']);
    expect(await fates('demo-dev-data')).toEqual(['IMPORT_COMPLETE', 'UPDATE_COMPLETE']);
    await changesNothing(project);
  });

  it('passes on where a template is too large to be sent along', async () => {
    const others = Array.from({ length: 48 }, (_, n) => `b${n}: { onDelete: destroy }`).join(', ');
    const bucket = `buckets: { media: { access: cdn, onDelete: retain }, ${others} }`;
    const project = await startDeployable({ yaml: smallYaml(bucket) });
    const { cloudFormation, sids, fates } = await watch(project, await bucketOf(project));
    const { TemplateBody } = await cloudFormation.send(new GetTemplateCommand({ StackName: 'demo-dev-data' }));
    expect(JSON.stringify(JSON.parse(TemplateBody!)).length).toBeGreaterThan(51_200);
    project.configure(smallYaml(`${bucket}\n${SITE}`));
    await project.succeed(`deploy ${AT}`);
    expect(await sids()).toEqual(['RequireTls', 'CloudFrontReads']);
    expect(await fates('demo-dev-data')).toEqual(['CREATE_COMPLETE', 'DELETE_SKIPPED']);
  });

  it('waits for no change set: those are made of what does not pass', async () => {
    const { bare, shown } = yamls('retain');
    const project = await startDeployable({ yaml: bare });
    await bucketOf(project);
    project.configure(shown);
    const { changeSets } = (await project.succeed(`diff --env dev --sandbox --change-set now --json`)).json();
    expect(changeSets.map(({ stack, status }: { stack: string; status: string }) => [stack, status])).toEqual(
      expect.arrayContaining([
        ['data', 'waits'],
        ['sites', 'waits'],
      ]),
    );
  });
});

const newest = async (project: Deployable) =>
  (await project.succeed('releases --env dev --sandbox --json')).json().releases[0];
