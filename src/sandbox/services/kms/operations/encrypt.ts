import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  DecryptCommandInput,
  DecryptResponse,
  EncryptCommandInput,
  EncryptResponse,
  GenerateDataKeyCommandInput,
  GenerateDataKeyResponse,
} from '@aws-sdk/client-kms';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { findKey, usableKey } from '../find-key.ts';
import type { KeyRow } from '../state.ts';

type Context = Record<string, string> | undefined;

/** Authenticated with the encryption context, so that a wrong one is refused as KMS refuses it. */
const additional = (context: Context): Buffer => Buffer.from(JSON.stringify(Object.entries(context ?? {}).sort()));

/** Key id, nonce, tag, text: enough to decrypt without being told the key, as with KMS. */
function seal(key: KeyRow, plaintext: Uint8Array, context: Context): Uint8Array {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key.material, 'base64'), nonce).setAAD(additional(context));
  const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const id = Buffer.from(key.id.padEnd(40));
  return Buffer.concat([id, nonce, cipher.getAuthTag(), text]);
}

function open(blob: Uint8Array, context: Context, call: Call): { key: KeyRow; plaintext: Uint8Array } {
  const bytes = Buffer.from(blob);
  const invalid = () => new AwsFault('InvalidCiphertextException', '');
  if (bytes.length < 68) throw invalid();
  const key = usableKey(call, bytes.toString('utf8', 0, 40).trim());
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key.material, 'base64'), bytes.subarray(40, 52))
    .setAAD(additional(context))
    .setAuthTag(bytes.subarray(52, 68));
  try {
    return { key, plaintext: Buffer.concat([decipher.update(bytes.subarray(68)), decipher.final()]) };
  } catch {
    throw invalid();
  }
}

export const encrypt: Operation<EncryptCommandInput, EncryptResponse> = (input, call) => {
  const key = usableKey(call, input.KeyId);
  return {
    CiphertextBlob: seal(key, input.Plaintext ?? new Uint8Array(), input.EncryptionContext),
    KeyId: key.arn,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
};

export const decrypt: Operation<DecryptCommandInput, DecryptResponse> = (input, call) => {
  const { key, plaintext } = open(input.CiphertextBlob ?? new Uint8Array(), input.EncryptionContext, call);
  if (input.KeyId !== undefined && findKey(call, input.KeyId).id !== key.id)
    throw new AwsFault(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  return { Plaintext: plaintext, KeyId: key.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
};

export const generateDataKey: Operation<GenerateDataKeyCommandInput, GenerateDataKeyResponse> = (input, call) => {
  const key = usableKey(call, input.KeyId);
  const plaintext = randomBytes(input.NumberOfBytes ?? (input.KeySpec === 'AES_128' ? 16 : 32));
  return { Plaintext: plaintext, CiphertextBlob: seal(key, plaintext, input.EncryptionContext), KeyId: key.arn };
};

export const generateDataKeyWithoutPlaintext: Operation<GenerateDataKeyCommandInput, GenerateDataKeyResponse> = async (
  input,
  call,
) => {
  const { Plaintext: _, ...answer } = await generateDataKey(input, call);
  return answer;
};
