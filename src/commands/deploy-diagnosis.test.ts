import { expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const WEB = smallYaml(
  'services: { web: { image: { context: . }, command: [serve], port: 8080, http: { certificate: none, insecure: true }, health: { path: /up, graceSeconds: 0 } } }',
).replace(/^network: .*$/m, 'network: { nat: none }');

it('F-53, F-64: a first deployment whose health check is wrong ends with the cause, though its service is gone again', async () => {
  const project = await startDeployable({ yaml: WEB, sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });
  setBehaviour(project.aws.scope, '*', { http: { answer: { kind: 'status', code: 404 } } });
  const failed = await project.platform('deploy --wait-anyway --env dev --sandbox --yes --json');
  expect(failed.exitCode).toBe(1);
  const { error } = failed.json();
  expect(error).toMatchObject({
    id: 'stack-failed',
    message: expect.stringMatching(
      /^\S+ \(AWS::ECS::Service\) of stack demo-dev-service-web failed: its health check asks for \/up, which the program does not know \(404\) \(F-64\); demo-dev-service-web /,
    ),
    remedy: expect.stringMatching(
      /^set services\.web\.health\.path to one that it answers with 200, then platform deploy --env dev --sandbox; /,
    ),
    details: {
      causes: [
        {
          id: 'F-64',
          subject: 'services.web',
          certainty: 'certain',
          evidence: [
            {
              call: 'ecs:DescribeServices',
              read: expect.stringMatching(/^services\[0\]\.events\[\d+\]\.message$/),
              value: expect.stringContaining('Health checks failed with these codes: [404]'),
            },
          ],
        },
      ],
    },
  });

  setBehaviour(project.aws.scope, '*', {
    exit: { code: 1, afterMs: 1_000 },
    logs: ["ModuleNotFoundError: No module named 'shop'"],
  });
  const again = await project.platform('deploy --wait-anyway --env dev --sandbox --yes');
  expect(again.exitCode).toBe(1);
  expect(again.stderr).toContain(
    'web: its image lacks the module shop (F-103)\n  read: ecs:DescribeTasks tasks[0].containers[0].exitCode = 1\n',
  );
  expect(again.stderr).toMatch(
    /\n {2}read: logs:GetLogEvents \S+ = "ModuleNotFoundError: No module named 'shop'"\n {2}fix: /,
  );

  setBehaviour(project.aws.scope, '*', {});
  await project.succeed('deploy --env dev --sandbox --yes');
});
