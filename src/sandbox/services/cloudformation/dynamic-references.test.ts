import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { stackScene } from './stack-scene.ts';

const shown = (Value: string) => ({
  Resources: { Shown: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'shown', Type: 'String', Value } } },
});

it('looks up parameters and secrets when a resource is made, and keeps them out of events', async () => {
  const scene = await stackScene();
  const ssm = scene.sandbox.client(SSMClient);
  await ssm.send(new PutParameterCommand({ Name: 'given', Type: 'String', Value: 'first' }));
  await ssm.send(new PutParameterCommand({ Name: 'given', Type: 'String', Value: 'second', Overwrite: true }));
  await scene.sandbox
    .client(SecretsManagerClient)
    .send(new CreateSecretCommand({ Name: 'db', SecretString: '{"password":"hunter2$&"}' }));
  await scene.create(
    shown('{{resolve:ssm:given:1}}/{{resolve:ssm:given}}/{{resolve:secretsmanager:db:SecretString:password}}'),
  );
  expect((await ssm.send(new GetParameterCommand({ Name: 'shown' }))).Parameter!.Value).toBe('first/second/hunter2$&');
  expect(JSON.stringify(await scene.events())).not.toContain('hunter2');
});

it('fails a resource whose reference leads nowhere', async () => {
  const scene = await stackScene();
  await scene.create(shown('{{resolve:ssm:nowhere}}'));
  expect((await scene.stack()).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(
    (await scene.events()).some((line) =>
      line.startsWith('Shown CREATE_FAILED Parameters: [ssm:nowhere] cannot be found.'),
    ),
  ).toBe(true);
});
