import type { CreateUserPoolClientRequest } from '@aws-sdk/client-cognito-identity-provider';
import type { Progress, Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import type { Call } from '../../../kernel/scope.ts';
import {
  createUserPoolClient,
  deleteUserPoolClient,
  describeUserPoolClient,
  updateUserPoolClient,
} from '../operations/clients.ts';
import { generatedName, userPoolClients } from '../state.ts';
import { typed } from './typed.ts';

const inputOf = ({ GenerateSecret: _, ...properties }: Properties) =>
  typed(properties) as Omit<CreateUserPoolClientRequest, 'ClientName' | 'GenerateSecret'>;

function shown(ClientId: string, UserPoolId: string, call: Call) {
  const { UserPoolClient } = describeUserPoolClient({ UserPoolId, ClientId }, call);
  const { ClientName, ClientSecret, CreationDate: _, LastModifiedDate: __, ...rest } = UserPoolClient!;
  return { ...rest, ClientName, Name: ClientName, ...(ClientSecret !== undefined && { ClientSecret }) };
}

function done(physicalId: string, pool: string, call: Call): Progress {
  const { ClientId, Name, ClientSecret } = shown(physicalId, pool, call);
  const attributes = { ClientId, Name, ...(ClientSecret !== undefined && { ClientSecret }) };
  return { status: 'done', physicalId, attributes };
}

export const userPoolClient: ResourceProvider = {
  create(properties, { call, logicalId }) {
    const { UserPoolClient } = createUserPoolClient(
      {
        ...inputOf(properties),
        ClientName: properties.ClientName ?? generatedName(logicalId),
        GenerateSecret: String(properties.GenerateSecret ?? false) === 'true',
      },
      call,
    );
    return done(UserPoolClient!.ClientId!, properties.UserPoolId, call);
  },
  update({ after, physicalId }, { call }) {
    updateUserPoolClient({ ...inputOf(after), ClientId: physicalId }, call);
    return done(physicalId, after.UserPoolId, call);
  },
  delete({ UserPoolId }, physicalId, { call }) {
    if (userPoolClients.in(call).has(`${UserPoolId}/${physicalId}`))
      deleteUserPoolClient({ UserPoolId, ClientId: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, { UserPoolId, GenerateSecret }, { call }) {
    if (!userPoolClients.in(call).has(`${UserPoolId}/${physicalId}`)) return undefined;
    return { ...shown(physicalId, UserPoolId, call), ...(GenerateSecret !== undefined && { GenerateSecret }) };
  },
};
