import type {
  GetAccessKeyInfoCommandInput,
  GetAccessKeyInfoResponse,
  GetFederationTokenCommandInput,
  GetFederationTokenResponse,
  GetSessionTokenCommandInput,
  GetSessionTokenResponse,
} from '@aws-sdk/client-sts';
import { callerOf } from '../../../kernel/access-keys.ts';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { violation } from '../../constraints.ts';
import { issueCredentials } from '../issue-credentials.ts';

const TWELVE_HOURS = 43_200;

/** Sessions cannot make sessions of these kinds: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html */
function refuseSessions({ accessKeyId = '' }: Call, operation: string): void {
  if (accessKeyId.startsWith('ASIA'))
    throw new AwsFault('AccessDenied', `Cannot call ${operation} with session credentials`, { status: 403 });
}

export const getSessionToken: Operation<GetSessionTokenCommandInput, GetSessionTokenResponse> = (input, call) => {
  refuseSessions(call, 'GetSessionToken');
  checkDuration(input.DurationSeconds);
  const { account, principal, userId } = callerOf(call.world, call.accessKeyId);
  return {
    Credentials: issueCredentials(call, { account, principal, userId }, input.DurationSeconds ?? TWELVE_HOURS),
  };
};

export const getFederationToken: Operation<GetFederationTokenCommandInput, GetFederationTokenResponse> = (
  input,
  call,
) => {
  refuseSessions(call, 'GetFederationToken');
  const complaint = violation([['name', input.Name, { required: true, length: [2, 32], pattern: '[\\w+=,.@-]*' }]]);
  if (complaint !== undefined) throw new AwsFault('ValidationError', complaint);
  checkDuration(input.DurationSeconds);
  const { account } = call;
  const principal = `arn:aws:sts::${account}:federated-user/${input.Name}`;
  const userId = `${account}:${input.Name}`;
  return {
    Credentials: issueCredentials(call, { account, principal, userId }, input.DurationSeconds ?? TWELVE_HOURS),
    FederatedUser: { Arn: principal, FederatedUserId: userId },
    PackedPolicySize: input.Policy === undefined ? 0 : 1,
  };
};

function checkDuration(seconds: number | undefined): void {
  const complaint = violation([['durationSeconds', seconds, { range: [900, 129_600] }]]);
  if (complaint !== undefined) throw new AwsFault('ValidationError', complaint);
}

export const getAccessKeyInfo: Operation<GetAccessKeyInfoCommandInput, GetAccessKeyInfoResponse> = (
  { AccessKeyId },
  { world },
) => ({ Account: callerOf(world, AccessKeyId).account });
