import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { createAlias, deleteAlias, listAliases, updateAlias } from './operations/aliases.ts';
import { createKey } from './operations/create-key.ts';
import { decrypt, encrypt, generateDataKey, generateDataKeyWithoutPlaintext } from './operations/encrypt.ts';
import {
  cancelKeyDeletion,
  deleteKey,
  disableKey,
  disableKeyRotation,
  enableKey,
  enableKeyRotation,
  getKeyRotationStatus,
  putKeyPolicy,
  scheduleKeyDeletion,
  tagResource,
  untagResource,
  updateKeyDescription,
} from './operations/key-changes.ts';
import { describeKey, getKeyPolicy, listKeyPolicies, listKeys, listResourceTags } from './operations/key-reads.ts';
import { alias } from './resources/alias.ts';
import { key } from './resources/key.ts';

export const kms: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-kms'),
  client: 'KMSClient',
  operations: {
    CancelKeyDeletion: cancelKeyDeletion,
    CreateAlias: createAlias,
    CreateKey: createKey,
    Decrypt: decrypt,
    DeleteAlias: deleteAlias,
    DescribeKey: describeKey,
    DisableKey: disableKey,
    DisableKeyRotation: disableKeyRotation,
    EnableKey: enableKey,
    EnableKeyRotation: enableKeyRotation,
    Encrypt: encrypt,
    GenerateDataKey: generateDataKey,
    GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
    GetKeyPolicy: getKeyPolicy,
    GetKeyRotationStatus: getKeyRotationStatus,
    ListAliases: listAliases,
    ListKeyPolicies: listKeyPolicies,
    ListKeys: listKeys,
    ListResourceTags: listResourceTags,
    PutKeyPolicy: putKeyPolicy,
    ScheduleKeyDeletion: scheduleKeyDeletion,
    TagResource: tagResource,
    UntagResource: untagResource,
    UpdateAlias: updateAlias,
    UpdateKeyDescription: updateKeyDescription,
  },
  resources: { 'AWS::KMS::Alias': alias, 'AWS::KMS::Key': key },
  timers: { 'kms.delete-key': deleteKey },
};
