import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const yaml = (services: string) =>
  smallYaml(`queues: { jobs: {}, mails: {} }\nservices:\n${services}`).replace(
    /^network: .*$/m,
    'network: { nat: none }',
  );
const worker = (name: string, queue: string) => `  ${name}: { image: { context: . }, uses: [queue.${queue}] }\n`;
const DEPLOY = 'deploy --env dev --sandbox --yes --json';

/** The queues that the roles of the services let them use. */
async function mayUse({ aws }: Deployable): Promise<string[]> {
  const iam = aws.client(IAMClient);
  const { Roles = [] } = await iam.send(new ListRolesCommand({}));
  const policies = await Promise.all(
    Roles.map(async ({ RoleName }) => {
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      return Promise.all(
        PolicyNames.map(
          async (PolicyName) =>
            (await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument ?? '',
        ),
      );
    }),
  );
  const text = decodeURIComponent(policies.flat().join(' '));
  return ['Jobs', 'Mails'].filter((name) => text.includes(`demo-dev-messaging-Queue${name}`));
}

it('keeps the rights that what runs still needs until the new release is proven, and takes them away then', async () => {
  const project = await startDeployable({ yaml: yaml(worker('worker', 'jobs')) });
  await project.succeed(DEPLOY);
  expect(await mayUse(project)).toEqual(['Jobs']);

  // The roles and the service are changed; what would come after the proof is not to be had for a while.
  project.configure(yaml(worker('worker', 'mails')));
  const fault = { operation: 'ExecuteChangeSet', skip: 2, times: 99, with: new AwsFault('AccessDenied', 'not now') };
  project.aws.faults.push(fault);
  expect((await project.platform(DEPLOY)).exitCode).toBe(1);
  expect(await mayUse(project)).toEqual(['Jobs', 'Mails']);

  project.aws.faults.length = 0;
  const { json } = await project.succeed(DEPLOY);
  expect(json().stacks).toContainEqual(expect.objectContaining({ name: 'demo-dev-tasks', action: 'update' }));
  expect(json().stacks).toContainEqual({ name: 'demo-dev-service-worker', action: 'none', seconds: 0 });
  expect(await mayUse(project)).toEqual(['Mails']);
});

it('retires the stack of a service that is no longer configured, after the others are proven', async () => {
  const project = await startDeployable({ yaml: yaml(worker('worker', 'jobs') + worker('mailer', 'mails')) });
  const first = (await project.succeed(DEPLOY)).json();
  expect(first.services.map(({ name }: { name: string }) => name)).toEqual(['worker', 'mailer']);

  project.configure(yaml(worker('worker', 'jobs')));
  project.forget();
  const confirmed = `${DEPLOY} --confirm dev/repositories.demo-dev-mailer`;
  const { stacks, services } = (await project.succeed(confirmed)).json();
  expect(stacks).toContainEqual(expect.objectContaining({ name: 'demo-dev-service-mailer', action: 'delete' }));
  expect(services).toMatchObject([{ name: 'worker', running: 1 }]);
  // Its security group, roles and repository go after its tasks, and those after the proof.
  const order = project.asked().filter((call) => /:(DescribeServices|DeleteStack|ExecuteChangeSet)$/.test(call));
  expect([...new Set(order)]).toEqual([
    'ecs:DescribeServices',
    'cloudformation:DeleteStack',
    'cloudformation:ExecuteChangeSet',
  ]);
  expect(await mayUse(project)).toEqual(['Jobs']);
  const status = (await project.platform('status --env dev --sandbox --json')).json();
  expect(status.stacks.map(({ id }: { id: string }) => id)).not.toContain('service-mailer');
  expect(
    (await project.succeed(DEPLOY)).json().stacks.every(({ action }: { action: string }) => action === 'none'),
  ).toBe(true);
});
