import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createOpenIDConnectProvider, deleteOpenIDConnectProvider } from '../operations/oidc-providers.ts';
import { oidcProviders } from '../state.ts';
import { tagsOf } from './tags.ts';

export const oidcProvider: ResourceProvider = {
  create(properties, { call, tags }) {
    const { OpenIDConnectProviderArn } = createOpenIDConnectProvider(
      {
        Url: properties.Url,
        ClientIDList: properties.ClientIdList,
        ThumbprintList: properties.ThumbprintList,
        Tags: tagsOf(properties, tags),
      },
      call,
    );
    return { status: 'done', physicalId: OpenIDConnectProviderArn! };
  },

  update({ after, physicalId }, { call, tags }) {
    oidcProviders.in(call).update(physicalId, (draft) => {
      draft.clientIds = after.ClientIdList ?? [];
      draft.thumbprints = after.ThumbprintList ?? [];
      draft.tags = tagsOf(after, tags);
    });
    return { status: 'done', physicalId };
  },

  delete(_properties, physicalId, { call }) {
    deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const row = oidcProviders.in(call).get(physicalId);
    if (!row) return undefined;
    return {
      Arn: row.arn,
      Url: `https://${row.url}`,
      ClientIdList: [...row.clientIds],
      ThumbprintList: [...row.thumbprints],
      Tags: row.tags.map((tag) => ({ ...tag })),
    };
  },
};
