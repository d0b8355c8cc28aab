import type {
  CreateUserPoolClientCommandOutput,
  CreateUserPoolClientRequest,
  DeleteUserPoolClientRequest,
  DescribeUserPoolClientRequest,
  ListUserPoolClientsCommandOutput,
  ListUserPoolClientsRequest,
  UpdateUserPoolClientRequest,
  UserPoolClientType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { check, foundClient, foundPool, invalid, NAME, pageOf } from '../refusals.ts';
import { allAttributes } from '../schema-attributes.ts';
import { freshClientId, freshSecret, type UserPoolClientRow, userPoolClients } from '../state.ts';

const clientAnswer = (row: UserPoolClientRow): UserPoolClientType => ({
  UserPoolId: row.pool,
  ClientName: row.name,
  ClientId: row.id,
  ...(row.secret !== undefined && { ClientSecret: row.secret }),
  RefreshTokenValidity: 30,
  TokenValidityUnits: {},
  AllowedOAuthFlowsUserPoolClient: false,
  EnableTokenRevocation: true,
  EnablePropagateAdditionalUserContextData: false,
  AuthSessionValidity: 3,
  ...structuredClone(row.settings),
  CreationDate: new Date(row.created),
  LastModifiedDate: new Date(row.modified),
});

const FLOWS = [
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY',
  'USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_AUTH',
];

type Settings = Omit<CreateUserPoolClientRequest, 'UserPoolId' | 'ClientName' | 'GenerateSecret' | 'ClientSecret'>;

function checkClient(input: Settings, pool: { schema: Parameters<typeof allAttributes>[0] }): void {
  const flows = input.ExplicitAuthFlows ?? [];
  check(
    ['refreshTokenValidity', input.RefreshTokenValidity, { range: [0, 315_360_000] }],
    ['accessTokenValidity', input.AccessTokenValidity, { range: [1, 86_400] }],
    ['idTokenValidity', input.IdTokenValidity, { range: [1, 86_400] }],
    ['authSessionValidity', input.AuthSessionValidity, { range: [3, 15] }],
    ['preventUserExistenceErrors', input.PreventUserExistenceErrors, { values: ['LEGACY', 'ENABLED'] }],
    ...flows.map((flow) => ['explicitAuthFlows', flow, { values: FLOWS }] as const),
  );
  const isNew = (flow: string) => flow.startsWith('ALLOW_');
  if (flows.some(isNew) && !flows.every(isNew))
    throw invalid('Cannot mix explicit auth flows that begin with ALLOW_ with those that do not');
  const known = new Set(allAttributes(pool.schema).map(({ Name }) => Name));
  for (const attribute of [...(input.ReadAttributes ?? []), ...(input.WriteAttributes ?? [])])
    if (!known.has(attribute)) throw invalid(`Invalid attribute ${attribute} of the user pool client`);
  const isOauth = (input.AllowedOAuthFlows ?? []).some((flow) => flow !== 'client_credentials');
  if (isOauth && (input.CallbackURLs ?? []).length === 0)
    throw invalid('A user pool client whose OAuth flows are code or implicit needs callback URLs');
}

export function createUserPoolClient(
  input: CreateUserPoolClientRequest,
  call: Call,
): Answer<CreateUserPoolClientCommandOutput> {
  const { UserPoolId, ClientName, GenerateSecret, ClientSecret, ...settings } = input;
  const pool = foundPool(UserPoolId, call);
  check(['clientName', ClientName, { required: true, ...NAME }]);
  if (ClientSecret !== undefined) throw invalid('The sandbox does not take secrets of clients, it makes them');
  checkClient(settings, pool);
  const now = call.world.clock.stamp();
  const row: UserPoolClientRow = {
    id: freshClientId(),
    pool: pool.id,
    name: ClientName!,
    ...(GenerateSecret && { secret: freshSecret() }),
    settings,
    created: now,
    modified: now,
  };
  userPoolClients.in(call).put(`${pool.id}/${row.id}`, row);
  return { UserPoolClient: clientAnswer(row) };
}

export const describeUserPoolClient = (
  input: DescribeUserPoolClientRequest,
  call: Call,
): Answer<CreateUserPoolClientCommandOutput> => ({ UserPoolClient: clientAnswer(foundClient(input, call)) });

export function listUserPoolClients(
  input: ListUserPoolClientsRequest,
  call: Call,
): Answer<ListUserPoolClientsCommandOutput> {
  const pool = foundPool(input.UserPoolId, call);
  check(['maxResults', input.MaxResults, { range: [1, 60] }]);
  const rows = userPoolClients
    .in(call)
    .values()
    .filter((row) => row.pool === pool.id);
  const { items, next } = pageOf(rows, input.MaxResults ?? 60, input.NextToken);
  return {
    UserPoolClients: items.map(({ id, name, pool: UserPoolId }) => ({ ClientId: id, UserPoolId, ClientName: name })),
    ...(next !== undefined && { NextToken: next }),
  };
}

/** Whatever is left out gets its default again. */
export function updateUserPoolClient(
  input: UpdateUserPoolClientRequest,
  call: Call,
): Answer<CreateUserPoolClientCommandOutput> {
  const { id, pool } = foundClient(input, call);
  const { UserPoolId, ClientId: _, ClientName, ...settings } = input;
  check(['clientName', ClientName, NAME]);
  checkClient(settings, foundPool(UserPoolId, call));
  userPoolClients.in(call).update(`${pool}/${id}`, (draft) => {
    draft.name = ClientName ?? draft.name;
    draft.settings = settings;
    draft.modified = call.world.clock.stamp();
  });
  return describeUserPoolClient(input, call);
}

export function deleteUserPoolClient(input: DeleteUserPoolClientRequest, call: Call): Record<never, never> {
  const { id, pool } = foundClient(input, call);
  userPoolClients.in(call).delete(`${pool}/${id}`);
  return {};
}
