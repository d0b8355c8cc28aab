import type { FunctionConfig } from '@aws-sdk/client-cloudfront';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createFunction, deleteFunction, publishFunction, updateFunction } from '../operations/functions.ts';
import { functions } from '../state.ts';

const nameOf = (arn: string): string => arn.split('/').at(-1)!;

const configOf = ({ FunctionConfig: config }: Properties): FunctionConfig => ({
  Comment: config.Comment,
  Runtime: config.Runtime,
  ...(config.KeyValueStoreAssociations
    ? {
        KeyValueStoreAssociations: {
          Quantity: config.KeyValueStoreAssociations.length,
          Items: config.KeyValueStoreAssociations,
        },
      }
    : {}),
});

function publish(name: string, { AutoPublish }: Properties, call: ResourceContext['call']): void {
  if (String(AutoPublish) !== 'true') return;
  publishFunction({ Name: name, IfMatch: functions.in(call).get(name)!.development.etag }, call);
}

const attributes = (arn: string, { call }: ResourceContext): Properties => ({
  FunctionARN: arn,
  'FunctionMetadata.FunctionARN': arn,
  FunctionMetadata: { FunctionARN: arn },
  Stage: functions.in(call).get(nameOf(arn))?.live ? 'LIVE' : 'DEVELOPMENT',
});

/** `Ref` is the ARN. `AutoPublish` makes the live stage, without which no distribution takes it. */
export const cloudFrontFunction: ResourceProvider = {
  create(properties, context) {
    const { call, tags } = context;
    const { FunctionSummary } = createFunction(
      {
        Name: properties.Name,
        FunctionConfig: configOf(properties),
        FunctionCode: Buffer.from(properties.FunctionCode ?? ''),
        Tags: { Items: [...tags, ...(properties.Tags ?? [])] },
      },
      call,
    );
    publish(properties.Name, properties, call);
    const physicalId = FunctionSummary.FunctionMetadata.FunctionARN;
    return { status: 'done', physicalId, attributes: attributes(physicalId, context) };
  },
  update({ after, physicalId }, context) {
    const { call } = context;
    const name = nameOf(physicalId);
    updateFunction(
      {
        Name: name,
        IfMatch: functions.in(call).get(name)!.development.etag,
        FunctionConfig: configOf(after),
        FunctionCode: Buffer.from(after.FunctionCode ?? ''),
      },
      call,
    );
    publish(name, after, call);
    return { status: 'done', physicalId, attributes: attributes(physicalId, context) };
  },
  delete(_properties, physicalId, { call }) {
    const row = functions.in(call).get(nameOf(physicalId));
    if (row) deleteFunction({ Name: row.name, IfMatch: row.development.etag }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, context) {
    const row = functions.in(context.call).get(nameOf(physicalId));
    if (!row) return undefined;
    return {
      ...attributes(physicalId, context),
      Name: row.name,
      FunctionCode: Buffer.from(row.development.code, 'base64').toString('utf8'),
      FunctionConfig: { Comment: row.development.config.Comment, Runtime: row.development.config.Runtime },
    };
  },
};
