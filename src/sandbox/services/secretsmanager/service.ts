import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { createSecret } from './operations/create-secret.ts';
import { DELETION_DUE, deleteSecret, deletionDue, restoreSecret } from './operations/delete-secret.ts';
import { describeSecret, listSecretVersionIds } from './operations/describe-secret.ts';
import { batchGetSecretValue, getSecretValue } from './operations/get-secret-value.ts';
import { listSecrets } from './operations/list-secrets.ts';
import { putSecretValue, updateSecret } from './operations/put-secret-value.ts';
import { cancelRotateSecret, rotateSecret } from './operations/rotate-secret.ts';
import {
  deleteResourcePolicy,
  getRandomPassword,
  getResourcePolicy,
  putResourcePolicy,
  tagResource,
  untagResource,
} from './operations/secret-settings.ts';
import { updateSecretVersionStage } from './operations/update-secret-version-stage.ts';
import { resourcePolicy } from './resources/resource-policy.ts';
import { rotationSchedule } from './resources/rotation-schedule.ts';
import { secret } from './resources/secret.ts';
import { secretTargetAttachment } from './resources/secret-target-attachment.ts';
import { rotationTimers } from './rotation.ts';

export const secretsmanager: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-secrets-manager'),
  client: 'SecretsManagerClient',
  operations: {
    BatchGetSecretValue: batchGetSecretValue,
    CancelRotateSecret: cancelRotateSecret,
    CreateSecret: createSecret,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteSecret: deleteSecret,
    DescribeSecret: describeSecret,
    GetRandomPassword: getRandomPassword,
    GetResourcePolicy: getResourcePolicy,
    GetSecretValue: getSecretValue,
    ListSecrets: listSecrets,
    ListSecretVersionIds: listSecretVersionIds,
    PutResourcePolicy: putResourcePolicy,
    PutSecretValue: putSecretValue,
    RestoreSecret: restoreSecret,
    RotateSecret: rotateSecret,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateSecret: updateSecret,
    UpdateSecretVersionStage: updateSecretVersionStage,
  },
  timers: { [DELETION_DUE]: deletionDue, ...rotationTimers },
  resources: {
    'AWS::SecretsManager::ResourcePolicy': resourcePolicy,
    'AWS::SecretsManager::RotationSchedule': rotationSchedule,
    'AWS::SecretsManager::Secret': secret,
    'AWS::SecretsManager::SecretTargetAttachment': secretTargetAttachment,
  },
};
