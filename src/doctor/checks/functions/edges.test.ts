import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import type { BreakStep } from '../../../sandbox/break/break-steps.ts';
import { breakSandbox } from '../../../sandbox/connect.ts';
import { AwsFault } from '../../../sandbox/kernel/fault.ts';
import { distributions } from '../../../sandbox/services/cloudfront/state.ts';
import { type Deployable, smallYaml } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';

const account = '111111111111';
const YAML = smallYaml(`buckets: { media: { access: cdn } }
sites:
  pictures: { kind: media, bucket: bucket.media, transform: true }
  files: { kind: media, bucket: bucket.media }`);
const THROWN = '2026-11-30T05:00:00.000Z\tb0b2f1a4\tERROR\tInvoke Error\t{"errorType":"TypeError"}';

async function start() {
  const project = await startDeployed({ yaml: YAML });
  const outputs = (await project.succeed('outputs --env dev --sandbox --json')).json();
  const roles = await project.aws.client(IAMClient, { account }).send(new ListRolesCommand({}));
  const role = roles.Roles!.find(({ RoleName }) => RoleName!.includes('ImagesPictures'))!.RoleName!;
  return { project, distribution: outputs['sites.pictures.distributionId'] as string, role };
}

async function act({ aws }: Deployable, ...steps: BreakStep[]): Promise<void> {
  const { refused } = await breakSandbox(aws.control, { account, region: 'us-east-1', steps });
  if (refused) throw new Error(refused.message);
}

const seen = (project: Deployable) => checked(project, 'edge-functions');

it('edge-functions: healthy where copies answer, whatever they write (not F-112, not F-113); edge-functions: sick where CloudFront counts failures (F-112)', async () => {
  const { project, distribution } = await start();
  const name = await functionName(project);
  const called = (region: string, more: object) => ({
    'edge-calls': { function: name, distribution, region, calls: 3, ...more },
  });
  expect(await seen(project)).toMatchObject({ exitCode: 0, checks: [{ status: 'ok', detail: /^1 function/ }] });

  await act(project, called('eu-west-1', { lines: [THROWN] }), called('us-east-1', { lines: ['all is well'] }));
  expect(await seen(project)).toMatchObject({ exitCode: 0, checks: [{ status: 'ok' }] });

  const lines = ['START RequestId: b0b2f1a4', THROWN];
  await act(project, called('ap-south-1', { failed: 'LambdaExecutionError', lines }));
  await act(project, called('sa-east-1', { failed: 'LambdaValidationError', lines: ['END RequestId: b0b2f1a4'] }));
  await act(project, called('sa-east-1', { failed: 'LambdaLimitExceededErrors', lines: ['END RequestId: b0b2f1a5'] }));
  const { exitCode, checks } = await seen(project);
  expect(exitCode).toBe(0);
  expect(checks).toMatchObject([
    {
      failure: 'F-112',
      severity: 'warning',
      subject: 'sites.pictures',
      detail: expect.stringMatching(/^3 requests within the last hour got 503, .*; in ap-south-1 it wrote .*TypeError/),
      evidence: [
        { read: `AWS/CloudFront LambdaExecutionError of ${distribution}`, value: '3' },
        { read: expect.stringMatching(/^ap-south-1 \/aws\/lambda\/us-east-1\./) },
      ],
      remedy: expect.stringContaining('platform logs pictures --since 1h'),
    },
    { failure: 'F-112', detail: expect.stringContaining('got 502'), remedy: expect.stringContaining('at most 1 MB') },
    { failure: 'F-112', remedy: expect.stringContaining('L-B99A9384) in ap-south-1, eu-west-1, sa-east-1, us-east-1') },
  ]);
});

it('edge-functions: sick where copies are called and leave no log (F-113), and not known where a region may not be asked', async () => {
  const { project, distribution, role } = await start();
  const name = await functionName(project);
  const called = (region: string): BreakStep => ({
    'edge-calls': { function: name, distribution, region, calls: 2, lines: ['START RequestId: b0b2f1a4'] },
  });
  await act(project, called('eu-west-1'));
  await act(project, { 'take-right': { role, actions: ['logs:CreateLogGroup'] } });
  await act(project, called('eu-west-1'), called('us-west-2'));
  expect(await seen(project)).toMatchObject({
    exitCode: 0,
    checks: [
      {
        failure: 'F-113',
        detail: expect.stringContaining('called in us-west-2 (2 times) within the last hour and has no log there'),
        evidence: [{ read: `us-west-2 AWS/Lambda Invocations of us-east-1.${name}`, value: '2' }, { value: 'absent' }],
      },
    ],
  });

  await act(project, { 'give-back': { taken: 'take-right', from: role } }, called('us-west-2'));
  project.aws.faults.push({
    service: 'logs',
    operation: 'FilterLogEvents',
    with: new AwsFault('AccessDeniedException', 'explicit deny in a service control policy', { status: 400 }),
  });
  expect(await seen(project)).toMatchObject({
    exitCode: 0,
    checks: [
      { status: 'unknown', detail: expect.stringMatching(/^not looked at in [a-z0-9-]+: .*service control policy/) },
    ],
  });
});

it('F-113: logs of a site are those of its copies in the regions of its viewers, and it is said which were asked', async () => {
  const { project, distribution } = await start();
  const name = await functionName(project);
  const called = (region: string, text: string): BreakStep => ({
    'edge-calls': { function: name, distribution, region, calls: 1, lines: [text] },
  });
  const at = '--env dev --sandbox';
  const silent = await project.succeed(`logs pictures ${at}`);
  expect(silent.stderr).toMatch(/looked in 13 regions that answer viewers \(.*\); nothing was written in any/);
  await act(project, called('eu-central-1', 'resized for Berlin'), called('sa-east-1', 'resized for São Paulo'));

  const shown = await project.succeed(`logs pictures ${at}`);
  expect(shown.stdout).toMatch(/ eu-central-1 \S+ {2}resized for Berlin\n.* sa-east-1 \S+ {2}resized for São Paulo/);
  expect(shown.stderr).toContain('written in eu-central-1, sa-east-1');

  project.aws.faults.push({
    service: 'logs',
    operation: 'FilterLogEvents',
    with: new AwsFault('AccessDeniedException', 'explicit deny in a service control policy', { status: 400 }),
  });
  const { lines, edges } = (await project.succeed(`logs pictures ${at} --json`)).json();
  expect(lines.every(({ region }: { region: string }) => edges.wrote.includes(region))).toBe(true);
  expect(edges).toMatchObject({ asked: expect.arrayContaining(['eu-central-1', 'us-east-1']), refused: [{}] });
  expect(edges.asked).toHaveLength(13);

  const bare = await project.platform(`logs files ${at} --json`);
  expect(bare.exitCode).toBe(1);
  expect(bare.json().error).toMatchObject({ id: 'site-writes-no-log' });
  expect((await project.platform(`logs nothing ${at}`)).exitCode).toBe(2);
});

async function functionName(project: Deployable): Promise<string> {
  const { LambdaClient, ListFunctionsCommand } = await import('@aws-sdk/client-lambda');
  const { Functions = [] } = await project.aws.client(LambdaClient, { account }).send(new ListFunctionsCommand({}));
  return Functions.find(({ FunctionName }) => FunctionName!.includes('Images'))!.FunctionName!;
}

it('sites: healthy where distributions are on; sites: sick where somebody switched one off, or deleted it (F-19)', async () => {
  const { project, distribution } = await start();
  expect((await checked(project, 'sites')).checks).toMatchObject([{ status: 'ok', detail: '2 sites' }]);
  const table = distributions.in({ ...project.aws.scope, account });
  table.update(distribution, (draft) => {
    draft.config.Enabled = false;
  });
  expect(await checked(project, 'sites')).toMatchObject({
    exitCode: 1,
    checks: [{ subject: 'sites.pictures', failure: 'F-19', handling: null, evidence: [{ value: 'false' }] }],
  });
  table.delete(distribution);
  expect((await checked(project, 'sites')).checks).toMatchObject([
    { handling: 'ASK', evidence: [{ value: 'absent' }], remedy: expect.stringContaining('platform recover sites') },
  ]);
});
