import type { AssumeRoleCommandInput, AssumeRoleResponse } from '@aws-sdk/client-sts';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { violation } from '../../constraints.ts';
import { keyOf, type RoleRow, roles } from '../../iam/state.ts';
import { trusts } from '../../iam/trust.ts';
import { issueCredentials } from '../issue-credentials.ts';
import { sessions } from '../state.ts';

const HOUR_SECONDS = 3600;

export const assumeRole: Operation<AssumeRoleCommandInput, AssumeRoleResponse> = (input, call) => {
  const { RoleArn = '', RoleSessionName = '' } = input;
  checkInput(input);
  const transitive = transitiveTags(input, call);
  const { account, role } = findRole(RoleArn, call);
  const context = {
    'sts:RoleSessionName': RoleSessionName,
    ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
  };
  const actions = ['sts:AssumeRole', ...(input.Tags?.length ? ['sts:TagSession'] : [])];
  for (const action of actions)
    if (!role || !trusts(role.trust, { caller: { arn: call.principal }, action, context }))
      throw notAuthorized(call, action, RoleArn);
  const seconds = duration(input.DurationSeconds, role!, call);

  const principal = `arn:aws:sts::${account}:assumed-role/${role!.name}/${RoleSessionName}`;
  const userId = `${role!.id}:${RoleSessionName}`;
  const Credentials = issueCredentials(call, { account, principal, userId }, seconds);
  sessions.in(call).put(Credentials.AccessKeyId, {
    roleArn: role!.arn,
    tags: (input.Tags ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })),
    transitiveTagKeys: transitive,
  });
  return {
    Credentials,
    AssumedRoleUser: { Arn: principal, AssumedRoleId: userId },
    ...(input.Policy || input.PolicyArns?.length || input.Tags?.length ? { PackedPolicySize: 1 } : {}),
    ...(input.SourceIdentity === undefined ? {} : { SourceIdentity: input.SourceIdentity }),
  };
};

function findRole(arn: string, call: Call): { account: string; role: RoleRow | undefined } {
  const [, account = '', path = ''] = /^arn:[^:]+:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
  const name = path.split('/').at(-1) ?? '';
  const role = roles.in({ ...call, account }).get(keyOf(name));
  return { account, role: role?.arn === arn ? role : undefined };
}

/** A role that is not there and one that does not trust the caller look alike, on purpose. */
const notAuthorized = (call: Call, action: string, arn: string): AwsFault =>
  new AwsFault('AccessDenied', `User: ${call.principal} is not authorized to perform: ${action} on resource: ${arn}`, {
    status: 403,
  });

function checkInput({ RoleArn, RoleSessionName, DurationSeconds }: AssumeRoleCommandInput): void {
  const complaint = violation([
    ['roleArn', RoleArn, { required: true, length: [20, 2048] }],
    ['roleSessionName', RoleSessionName, { required: true, pattern: '[\\w+=,.@-]*' }],
    ['roleSessionName', RoleSessionName, { length: [2, 64] }],
    ['durationSeconds', DurationSeconds, { range: [900, 43_200] }],
  ]);
  if (complaint !== undefined) throw new AwsFault('ValidationError', complaint);
  // Service, region and account may be nonsense, but all six fields must be there and the resource not empty.
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(RoleArn ?? ''))
    throw new AwsFault('ValidationError', `${RoleArn} is invalid`);
}

function duration(given: number | undefined, role: RoleRow, call: Call): number {
  const seconds = given ?? HOUR_SECONDS;
  const chained = call.principal.includes(':assumed-role/');
  if (chained && seconds > HOUR_SECONDS)
    throw new AwsFault(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  if (seconds > role.maxSessionSeconds)
    throw new AwsFault(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  return seconds;
}

/** The tags that go on to sessions of sessions; a session cannot be given another value for one it inherits. */
function transitiveTags({ Tags = [], TransitiveTagKeys = [] }: AssumeRoleCommandInput, call: Call): string[] {
  const refuse = (message: string) => new AwsFault('InvalidParameterValue', message);
  const given = Tags.map(({ Key = '' }) => Key.toLowerCase());
  if (new Set(given).size < given.length)
    throw refuse('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  if (TransitiveTagKeys.some((key) => !given.includes(key.toLowerCase())))
    throw refuse('The specified transitive tag key must be included in the requested tags.');
  const inherited = sessions.in(call).get(call.accessKeyId ?? '')?.transitiveTagKeys ?? [];
  if (given.some((key) => inherited.includes(key)))
    throw refuse(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  return [...inherited, ...TransitiveTagKeys.map((key) => key.toLowerCase())];
}
