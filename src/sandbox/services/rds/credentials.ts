import { randomUUID } from 'node:crypto';
import type { Call } from '../../kernel/scope.ts';
import { createSecret } from '../secretsmanager/operations/create-secret.ts';
import { deleteSecret } from '../secretsmanager/operations/delete-secret.ts';
import { randomPassword } from '../secretsmanager/random-password.ts';
import { secrets } from '../secretsmanager/state.ts';
import { invalidCombination, invalidValue } from './refusals.ts';

/** Words that PostgreSQL on RDS keeps for itself. */
const RESERVED = new Set(['admin', 'rdsadmin', 'rdsrepladmin', 'rds_superuser', 'postgres_superuser', 'root']);

export function requireUsername(name: string | undefined): string {
  if (!name) throw invalidValue('The parameter MasterUsername must be provided and must not be blank.');
  if (!/^[a-zA-Z][a-zA-Z0-9_]{0,62}$/.test(name))
    throw invalidValue(
      'The parameter MasterUsername is not a valid identifier. It must begin with a letter and contain only alphanumeric characters.',
    );
  if (RESERVED.has(name.toLowerCase()))
    throw invalidValue(`MasterUsername ${name} cannot be used as it is a reserved word used by the engine`);
  return name;
}

/** Passwords are looked at and then forgotten: there is no server to log in to. */
export function requirePassword(password: string | undefined): void {
  if (!password) throw invalidValue('The parameter MasterUserPassword must be provided and must not be blank.');
  if (password.length < 8)
    throw invalidValue(
      'The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.',
    );
  if (password.length > 128)
    throw invalidValue(
      'The parameter MasterUserPassword is not a valid password because it is longer than 128 characters.',
    );
  if (!/^[!-~]+$/.test(password) || /[/@"\s]/.test(password))
    throw invalidValue(
      `The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`,
    );
}

interface CredentialInput {
  MasterUserPassword?: string | undefined;
  ManageMasterUserPassword?: boolean | undefined;
  MasterUserSecretKmsKeyId?: string | undefined;
}

/** Checks the password, or has Secrets Manager make one: then the secret's ARN comes back. */
export function masterSecret(
  input: CredentialInput,
  { kind, username, arn }: { kind: 'cluster' | 'db'; username: string; arn: string },
  call: Call,
): string | undefined {
  if (!input.ManageMasterUserPassword) {
    requirePassword(input.MasterUserPassword);
    return undefined;
  }
  if (input.MasterUserPassword !== undefined)
    throw invalidCombination("You can't specify MasterUserPassword when ManageMasterUserPassword is enabled.");
  const { ARN } = createSecret(
    {
      Name: `rds!${kind}-${randomUUID()}`,
      ClientRequestToken: randomUUID(),
      Description: `The secret associated with the primary RDS DB ${kind === 'cluster' ? 'cluster' : 'instance'}: ${arn}`,
      SecretString: JSON.stringify({ username, password: randomPassword({ ExcludeCharacters: '/@" \\' }) }),
      ...(input.MasterUserSecretKmsKeyId !== undefined && { KmsKeyId: input.MasterUserSecretKmsKeyId }),
    },
    call,
  );
  secrets.in(call).update(ARN!, (draft) => {
    draft.owningService = 'rds';
  });
  return ARN;
}

/** A managed secret goes with its database. */
export function dropMasterSecret(arn: string | undefined, call: Call): void {
  if (arn !== undefined) deleteSecret({ SecretId: arn, ForceDeleteWithoutRecovery: true }, call);
}
