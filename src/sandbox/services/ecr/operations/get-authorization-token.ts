import type { GetAuthorizationTokenCommandInput, GetAuthorizationTokenCommandOutput } from '@aws-sdk/client-ecr';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { authorizationToken } from '../authorization-token.ts';

/** `proxyEndpoint` is this sandbox's own registry: what `docker login` and `docker push` can reach. */
export const getAuthorizationToken: Operation<
  GetAuthorizationTokenCommandInput,
  Answer<GetAuthorizationTokenCommandOutput>
> = (_input, call) => {
  const { password, expiresAt } = authorizationToken(call);
  return {
    authorizationData: [
      {
        authorizationToken: Buffer.from(`AWS:${password}`).toString('base64'),
        expiresAt: new Date(expiresAt),
        proxyEndpoint: call.endpoint,
      },
    ],
  };
};
