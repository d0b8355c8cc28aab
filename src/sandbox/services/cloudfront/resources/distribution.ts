import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import type { Progress, Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createDistributionWithTags, deleteDistribution, updateDistribution } from '../operations/distributions.ts';
import { fromApi, toApi } from '../property-form.ts';
import { distributions } from '../state.ts';

const LOOK_AGAIN_MS = 30_000;

const attributes = (id: string, { call }: ResourceContext): Properties => ({
  Id: id,
  DomainName: distributions.in(call).get(id)?.domain ?? '',
});

function pending(physicalId: string, context: ResourceContext): Progress {
  return { status: 'pending', physicalId, afterMs: LOOK_AGAIN_MS, attributes: attributes(physicalId, context) };
}

/** Done when it is `Deployed`. Its deletion disables it, waits, and deletes: CloudFormation does all three. */
export const distribution: ResourceProvider = {
  create(properties, context) {
    const { call, logicalId, tags } = context;
    const config = { ...toApi(properties), CallerReference: `${context.stackId}/${logicalId}/${call.requestId}` };
    const { Distribution } = createDistributionWithTags(
      {
        DistributionConfigWithTags: {
          DistributionConfig: config,
          Tags: { Items: [...tags, ...(properties.Tags ?? [])] },
        },
      },
      call,
    );
    return pending(Distribution.Id!, context);
  },

  update({ after, physicalId }, context) {
    const { call, tags } = context;
    const row = distributions.in(call).get(physicalId)!;
    updateDistribution(
      {
        Id: physicalId,
        IfMatch: row.etag,
        DistributionConfig: { ...toApi(after), CallerReference: row.config.CallerReference },
      },
      call,
    );
    distributions.in(call).update(physicalId, (draft) => {
      draft.tags = [...tags, ...(after.Tags ?? [])];
    });
    return pending(physicalId, context);
  },

  delete(_properties, physicalId, context) {
    const { call } = context;
    const row = distributions.in(call).get(physicalId);
    if (!row) return { status: 'done', physicalId };
    if (row.config.Enabled)
      updateDistribution(
        {
          Id: physicalId,
          IfMatch: row.etag,
          DistributionConfig: { ...(structuredClone(row.config) as DistributionConfig), Enabled: false },
        },
        call,
      );
    return pending(physicalId, context);
  },

  check(step, physicalId, _properties, context) {
    const { call } = context;
    const row = distributions.in(call).get(physicalId);
    if (!row)
      return step === 'delete'
        ? { status: 'done', physicalId }
        : { status: 'failed', physicalId, reason: `${physicalId} was deleted.`, code: 'NotStabilized' };
    if (row.isInProgress) return pending(physicalId, context);
    if (step === 'delete') deleteDistribution({ Id: physicalId, IfMatch: row.etag }, call);
    return { status: 'done', physicalId, attributes: attributes(physicalId, context) };
  },

  read(physicalId, _properties, context) {
    const row = distributions.in(context.call).get(physicalId);
    return (
      row && {
        ...attributes(physicalId, context),
        DistributionConfig: fromApi(row.config),
        Tags: row.tags.map((tag) => ({ ...tag })),
      }
    );
  },
};
