/**
 * What Secrets Manager asks of a rotation function, one step after the other; a step that fails is asked again with the
 * same token, so each has to bear being asked twice.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
export interface RotationRequest {
  Step: 'createSecret' | 'setSecret' | 'testSecret' | 'finishSecret';
  SecretId: string;
  /** Id of the version that this rotation makes. */
  ClientRequestToken: string;
  /** Proves that the request is of a rotation, where the function has rights through a role of another. */
  RotationToken?: string;
}

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

export function rotationRequest(event: unknown): RotationRequest {
  const { Step, SecretId, ClientRequestToken } = (event ?? {}) as Partial<RotationRequest>;
  if (!SecretId || !ClientRequestToken)
    throw new Error('the event names no secret and no version: it is none of Secrets Manager');
  if (!STEPS.includes(Step ?? '')) throw new Error(`the step ${JSON.stringify(Step)} is none of ${STEPS.join(', ')}`);
  return event as RotationRequest;
}
