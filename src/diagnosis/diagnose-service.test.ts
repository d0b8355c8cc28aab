import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import type { Deployable } from '../testing/deployable.ts';
import { brokenRollout, diagnosed } from '../testing/sick-services.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { twoServices } from '../testing/two-services.ts';

const SECRET = 'demo/dev/app';
const start = () => startDeployed({ yaml: twoServices(), sandbox: { expectUnknown: ['cloudtrail'] } });

const push = ({ aws }: Deployable, value: string) =>
  aws.client(SecretsManagerClient).send(new PutSecretValueCommand({ SecretId: SECRET, SecretString: value }));

it('says nothing of what is healthy, and nothing of an older rollout', async () => {
  const project = await start();
  expect(await diagnosed(project, 'web')).toEqual({ causes: [], unseen: [] });
  expect(await diagnosed(project, 'worker')).toEqual({ causes: [], unseen: [] });
  setBehaviour(project.aws.scope, '*', { exit: { code: 3, afterMs: 1_000 } });
  expect((await brokenRollout(project, 'worker')).causes).toMatchObject([{ id: 'F-50' }]);
});

it('F-44: names the key, the secret, and the keys it has', async () => {
  const project = await start();
  await push(project, '{"SIGNING_KEY":"canary-1"}');
  const found = await brokenRollout(project, 'worker');
  expect(found).toMatchInlineSnapshot(`
    {
      "causes": [
        {
          "certainty": "certain",
          "evidence": [
            {
              "call": "ecs:DescribeTasks",
              "read": "tasks[0].stoppedReason",
              "value": "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key API_KEY",
            },
            {
              "call": "secretsmanager:GetSecretValue",
              "read": "keys",
              "value": "["SIGNING_KEY"]",
            },
          ],
          "id": "F-44",
          "recurs": "always",
          "remedy": "platform secrets push --env dev --sandbox, then platform redeploy worker --env dev --sandbox",
          "subject": "services.worker",
          "what": "secret demo/dev/app has no key API_KEY",
        },
      ],
      "unseen": [],
    }
  `);
});
