import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeStacksCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { BUCKET, type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

const STACK = 'demo-dev-messaging';
const changed = (seconds: number) =>
  smallYaml(`${QUEUE}\noverrides: { messaging/QueueJobs/Queue: { properties: { DelaySeconds: ${seconds} } } }`);

const cloudFormation = ({ aws }: Deployable) => aws.client(CloudFormationClient);

async function changeSets(project: Deployable): Promise<string[]> {
  const { Summaries = [] } = await cloudFormation(project).send(new ListChangeSetsCommand({ StackName: STACK }));
  return Summaries.map(({ ChangeSetName, ExecutionStatus }) => `${ChangeSetName} ${ExecutionStatus}`);
}

const status = async (project: Deployable): Promise<string> =>
  (await cloudFormation(project).send(new DescribeStacksCommand({ StackName: STACK }))).Stacks![0]!.StackStatus!;

it('makes change sets without executing them, and executes exactly those afterwards (S0-48, S0-50)', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  const dry = (await project.succeed('diff --env dev --change-set review --dry-run --json')).json();
  expect(dry.changeSets).toMatchObject([{ stack: 'messaging', status: 'made' }]);
  expect(project.writes()).toEqual([]);

  const made = await project.succeed('diff --env dev --change-set review');
  expect(made.stdout).toContain('messaging  made, not executed');
  expect(made.stdout).toContain('platform deploy --env dev --change-set review executes what was made');
  expect([await status(project), await changeSets(project)]).toEqual(['REVIEW_IN_PROGRESS', ['review AVAILABLE']]);
  // Again makes them anew, and nothing piles up.
  await project.succeed('diff --env dev --change-set review');
  expect(await changeSets(project)).toEqual(['review AVAILABLE']);

  project.forget();
  const deployed = (await project.succeed('deploy --env dev --change-set review --yes --json')).json();
  expect(deployed.stacks).toMatchObject([{ name: STACK, action: 'create' }]);
  expect(project.writes()).toContain('cloudformation:ExecuteChangeSet');
  expect(project.writes()).not.toContain('cloudformation:CreateChangeSet');
  expect(await status(project)).toBe('CREATE_COMPLETE');

  project.configure(changed(7));
  await project.succeed('diff --env dev --change-set slower');
  expect(await status(project)).toBe('CREATE_COMPLETE');
  project.forget();
  const updated = (await project.succeed('deploy --env dev --change-set slower --yes --json')).json();
  expect(updated.stacks).toMatchObject([{ name: STACK, action: 'update' }]);
  expect(project.writes()).not.toContain('cloudformation:CreateChangeSet');
  // What was executed cannot be executed again.
  const again = await project.platform('deploy --env dev --change-set slower --yes');
  expect(again).toMatchObject({ exitCode: 1, stdout: '' });
  expect(again.stderr).toContain('id: change-set-outdated');
});

it('does not execute what is not what would happen any more, or is gone, and asks before it does (S0-50)', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  await project.succeed('deploy --env dev --yes');
  project.configure(changed(7));
  await project.succeed('diff --env dev --change-set review');
  project.forget();
  expect(await project.platform('deploy --env dev --change-set review')).toMatchObject({ exitCode: 2 });
  project.configure(changed(8));
  const other = await project.platform('deploy --env dev --change-set review --yes --json');
  expect(other.exitCode).toBe(1);
  expect(other.json().error).toMatchObject({
    id: 'change-set-outdated',
    message: expect.stringContaining('what would happen now is something else'),
    remedy: expect.stringContaining('platform diff --env dev --change-set review'),
  });
  project.configure(changed(7));
  await cloudFormation(project).send(new DeleteChangeSetCommand({ StackName: STACK, ChangeSetName: 'review' }));
  project.forget();
  const gone = await project.platform('deploy --env dev --change-set review --yes');
  expect(gone.stderr).toContain(`that of ${STACK} is gone`);
  expect(project.writes()).toEqual([]);
});

it('does not execute a change set of that name that somebody else has made', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  await project.succeed('deploy --env dev --yes');
  project.configure(changed(7));
  await project.succeed('diff --env dev --change-set review');
  const client = cloudFormation(project);
  await client.send(new DeleteChangeSetCommand({ StackName: STACK, ChangeSetName: 'review' }));
  await client.send(
    new CreateChangeSetCommand({
      StackName: STACK,
      ChangeSetName: 'review',
      TemplateBody: JSON.stringify({ Resources: { Other: { Type: 'AWS::SNS::Topic' } } }),
    }),
  );
  project.forget();
  const refused = await project.platform('deploy --env dev --change-set review --yes');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('id: change-set-outdated');
  expect(project.writes()).toEqual([]);
});

it('shows what early validation of CloudFormation finds, with resource and path, and leaves nothing (S0-49)', async () => {
  const project = await startDeployable({
    yaml: smallYaml(`${QUEUE}\noverrides: { messaging/QueueJobs/Queue: { properties: { DelaySecond: 7 } } }`),
  });
  const refused = await project.platform('diff --env dev --change-set review --json');
  expect(refused.exitCode).toBe(1);
  const { changeSets: documents, error } = refused.json();
  expect(documents).toMatchObject([
    {
      stack: 'messaging',
      status: 'refused',
      findings: [
        {
          rule: 'PROPERTY_VALIDATION',
          path: 'messaging/QueueJobs/Queue',
          message: 'queue jobs: Unsupported property [DelaySecond]',
          documentation: expect.stringContaining('validate-stack-deployments'),
        },
      ],
    },
  ]);
  expect(error).toMatchObject({ id: 'change-set-refused' });
  await expect(status(project)).rejects.toThrow('does not exist');
  expect((await project.platform('diff --env dev --change-set review')).stdout).toContain(
    'queue jobs: Unsupported property [DelaySecond]',
  );
});

it('lets stacks wait whose values nobody can know yet (S0-48)', async () => {
  const project = await startDeployable({
    yaml: `project: demo
${QUEUE}
${BUCKET}
databases: { main: { databaseName: demo, acu: { min: 0.5, max: 1 } } }
environments: { dev: { kind: dev, account: "111111111111" } }
`,
  });
  const { changeSets: documents } = (await project.succeed('diff --env dev --change-set first --json')).json();
  expect(documents).toMatchObject([
    { stack: 'network', status: 'made' },
    { stack: 'data', status: 'waits', reason: expect.stringContaining('known after apply') },
    { stack: 'messaging', status: 'made' },
  ]);
});

it('refuses names that are none, and those of nobody (exit 2)', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  const invalid = await project.platform(['diff', '--env', 'dev', '--change-set', '1 review']);
  expect(invalid).toMatchObject({ exitCode: 2, stdout: '' });
  const unknown = await project.platform('deploy --env dev --change-set nobody --yes');
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain('fix: platform diff --env dev --change-set nobody');
  expect(await project.platform('deploy --env dev --change-set a --plan b')).toMatchObject({ exitCode: 2 });
  expect(project.writes()).toEqual([]);
});
