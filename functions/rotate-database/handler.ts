import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { authorities } from '../postgres/certificates.ts';
import type { Login } from '../postgres/login.ts';
import { connect } from '../postgres/open-database.ts';
import { log } from '../shared/log.ts';
import { rotationRequest } from './rotation.ts';
import { setPassword, testPassword, testStep } from './set-password.ts';
import { Versions } from './versions.ts';

/** Made by the first invocation, not by the import. */
const setUp = () => ({
  secrets: new SecretsManagerClient(),
  authorities: authorities(process.env.DATABASE_CA_FILE || undefined),
});
let lasting: ReturnType<typeof setUp> | undefined;

/** One step of a rotation; throws when it could not be done, and Secrets Manager asks for it again. */
export async function handler(event: unknown): Promise<void> {
  lasting ??= setUp();
  const request = rotationRequest(event);
  const versions = new Versions(lasting.secrets, request);
  const open = (login: Login) => connect(login, lasting!.authorities);
  const said = { step: request.Step, version: request.ClientRequestToken };
  if (await versions.isCurrent()) return log('info', 'rotated before', said);
  switch (request.Step) {
    case 'createSecret':
      await versions.makePending();
      break;
    case 'setSecret':
      log('info', 'password', { ...said, outcome: await setPassword(versions, open) });
      break;
    case 'testSecret':
      log('info', 'login', { ...said, password: await testStep(versions, open) });
      break;
    case 'finishSecret':
      // Whoever asks for the last step alone must not make a password current that opens nothing.
      await testPassword(versions, open);
      await versions.makeCurrent();
  }
  log('info', 'step done', said);
}
