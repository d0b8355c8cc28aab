import { IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { QUEUE, smallYaml, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { gh } from '../../../testing/fake-gh.ts';

const YAML = `${smallYaml(QUEUE)}delivery: { provider: github, repository: Acme/shop }\n`;
const ISSUER = 'token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::111111111111:oidc-provider/${ISSUER}`;

it('pipeline-trust: healthy after it; pipeline-trust: sick where the trust was written for branches, with a star as text, or without ids (F-127, F-128)', async () => {
  const project = await startDeployable({ yaml: YAML, env: gh('12 34') });
  expect((await checked(project, 'pipeline-trust')).checks).toMatchObject([{ status: 'skipped' }]);
  await project.succeed('ci oidc --env dev --sandbox --yes');
  expect((await checked(project, 'pipeline-trust')).checks).toMatchObject([{ status: 'ok' }]);
  const iam = project.aws.client(IAMClient);
  const rewrite = (operator: string, sub: string | string[]) =>
    iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: 'demo-dev-pipeline',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Federated: PROVIDER },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: {
                StringEquals: {
                  [`${ISSUER}:aud`]: 'sts.amazonaws.com',
                  ...(operator === 'StringEquals' ? { [`${ISSUER}:sub`]: sub } : {}),
                },
                ...(operator === 'StringLike' ? { StringLike: { [`${ISSUER}:sub`]: sub } } : {}),
              },
            },
          ],
        }),
      }),
    );
  await rewrite('StringLike', 'repo:Acme/shop:ref:refs/heads/main');
  expect(await checked(project, 'pipeline-trust')).toMatchObject({
    exitCode: 1,
    checks: [{ failure: 'F-127', severity: 'error', detail: expect.stringContaining('environment:') }],
  });
  await rewrite('StringEquals', 'repo:Acme/shop:*');
  expect((await checked(project, 'pipeline-trust')).checks).toMatchObject([
    { failure: 'F-127', detail: expect.stringContaining('StringEquals') },
  ]);
  await rewrite('StringEquals', 'repo:Acme/shop:environment:dev');
  expect(await checked(project, 'pipeline-trust')).toMatchObject({
    exitCode: 0,
    checks: [{ failure: 'F-128', severity: 'warning', remedy: expect.stringContaining('platform ci oidc') }],
  });
});
