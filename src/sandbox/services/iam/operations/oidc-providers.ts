import type {
  AddClientIDToOpenIDConnectProviderCommandInput,
  CreateOpenIDConnectProviderCommandInput,
  CreateOpenIDConnectProviderCommandOutput,
  DeleteOpenIDConnectProviderCommandInput,
  GetOpenIDConnectProviderCommandInput,
  GetOpenIDConnectProviderCommandOutput,
  ListOpenIDConnectProvidersCommandOutput,
  RemoveClientIDFromOpenIDConnectProviderCommandInput,
  TagOpenIDConnectProviderCommandInput,
  UntagOpenIDConnectProviderCommandInput,
  UpdateOpenIDConnectProviderThumbprintCommandInput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { alreadyExists, invalidInput, noSuchEntity, requireValid } from '../refusals.ts';
import { type OidcProviderRow, oidcProviders } from '../state.ts';
import { mergeTags, withoutTags } from '../tags.ts';

function providerAt(arn: string | undefined, call: Call): OidcProviderRow {
  const row = oidcProviders.in(call).get(arn ?? '');
  if (!row) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
  return row;
}

const change = (arn: string | undefined, call: Call, alter: (draft: OidcProviderRow) => void) => {
  oidcProviders.in(call).update(providerAt(arn, call).arn, alter);
  return {};
};

export function createOpenIDConnectProvider(
  input: CreateOpenIDConnectProviderCommandInput,
  call: Call,
): Answer<CreateOpenIDConnectProviderCommandOutput> {
  requireValid(
    ['url', input.Url, { required: true, length: [1, 255] }],
    ['thumbprintList', input.ThumbprintList, { length: [0, 5] }],
    ['clientIDList', input.ClientIDList, { length: [0, 100] }],
  );
  const { Url = '', ClientIDList = [], ThumbprintList = [] } = input;
  if (!/^https:\/\/[^\s?#]+$/.test(Url)) throw invalidInput('Invalid Open ID Connect Provider URL');
  if (ThumbprintList.some((print) => !/^[0-9a-fA-F]{40}$/.test(print)))
    throw invalidInput('Thumbprint must be 40 hexadecimal characters');

  const url = Url.slice('https://'.length).replace(/\/$/, '');
  const arn = `arn:aws:iam::${call.account}:oidc-provider/${url}`;
  if (oidcProviders.in(call).has(arn)) throw alreadyExists(`Provider with url https://${url} already exists.`);
  const tags = mergeTags([], input.Tags);
  oidcProviders.in(call).put(arn, {
    arn,
    url,
    clientIds: [...ClientIDList],
    thumbprints: [...ThumbprintList],
    created: call.world.clock.stamp(),
    tags,
  });
  return { OpenIDConnectProviderArn: arn, ...(tags.length > 0 && { Tags: tags }) };
}

export function getOpenIDConnectProvider(
  { OpenIDConnectProviderArn }: GetOpenIDConnectProviderCommandInput,
  call: Call,
): Answer<GetOpenIDConnectProviderCommandOutput> {
  const row = providerAt(OpenIDConnectProviderArn, call);
  return {
    Url: row.url,
    ClientIDList: [...row.clientIds],
    ThumbprintList: [...row.thumbprints],
    CreateDate: new Date(row.created),
    Tags: row.tags.map((tag) => ({ ...tag })),
  };
}

export function listOpenIDConnectProviders(
  _input: unknown,
  call: Call,
): Answer<ListOpenIDConnectProvidersCommandOutput> {
  return {
    OpenIDConnectProviderList: oidcProviders
      .in(call)
      .values()
      .map(({ arn }) => ({ Arn: arn })),
  };
}

/** Deleting one that is gone succeeds (API reference: "This operation is idempotent"). */
export function deleteOpenIDConnectProvider(
  { OpenIDConnectProviderArn }: DeleteOpenIDConnectProviderCommandInput,
  call: Call,
) {
  oidcProviders.in(call).delete(OpenIDConnectProviderArn ?? '');
  return {};
}

export const updateOpenIDConnectProviderThumbprint = (
  input: UpdateOpenIDConnectProviderThumbprintCommandInput,
  call: Call,
) =>
  change(input.OpenIDConnectProviderArn, call, (draft) => {
    draft.thumbprints = [...(input.ThumbprintList ?? [])];
  });

export const addClientIDToOpenIDConnectProvider = (input: AddClientIDToOpenIDConnectProviderCommandInput, call: Call) =>
  change(input.OpenIDConnectProviderArn, call, (draft) => {
    if (!draft.clientIds.includes(input.ClientID!)) draft.clientIds.push(input.ClientID!);
  });

export const removeClientIDFromOpenIDConnectProvider = (
  input: RemoveClientIDFromOpenIDConnectProviderCommandInput,
  call: Call,
) =>
  change(input.OpenIDConnectProviderArn, call, (draft) => {
    draft.clientIds = draft.clientIds.filter((id) => id !== input.ClientID);
  });

export const tagOpenIDConnectProvider = (input: TagOpenIDConnectProviderCommandInput, call: Call) =>
  change(input.OpenIDConnectProviderArn, call, (draft) => {
    draft.tags = mergeTags(draft.tags, input.Tags);
  });

export const untagOpenIDConnectProvider = (input: UntagOpenIDConnectProviderCommandInput, call: Call) =>
  change(input.OpenIDConnectProviderArn, call, (draft) => {
    draft.tags = withoutTags(draft.tags, input.TagKeys);
  });
