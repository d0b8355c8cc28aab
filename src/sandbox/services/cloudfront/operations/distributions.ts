import type {
  CreateDistributionCommandInput,
  CreateDistributionWithTagsCommandInput,
  DeleteDistributionCommandInput,
  Distribution,
  DistributionConfig,
  DistributionSummary,
  GetDistributionCommandInput,
  GetDistributionConfigCommandInput,
  ListConflictingAliasesCommandInput,
  ListDistributionsCommandInput,
  Tag,
  UpdateDistributionCommandInput,
} from '@aws-sdk/client-cloudfront';
import type { Call, Scope } from '../../../kernel/scope.ts';
import { holderOf } from '../check-aliases.ts';
import { checkConfig } from '../check-config.ts';
import { startDeployment } from '../deployments.ts';
import { fault, invalidArgument, requireMatch } from '../faults.ts';
import { newDomain, newId } from '../ids.ts';
import { listPage } from '../list-page.ts';
import { followReplicas } from '../replicas.ts';
import { type DistributionRow, distributions, invalidations } from '../state.ts';
import { wholeConfig } from '../whole-config.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const DISTRIBUTIONS = 500;

export function findDistribution(id: string | undefined, scope: Scope): DistributionRow {
  if (id === undefined) throw invalidArgument('The parameter Id is required.');
  const row = distributions.in(scope).get(id);
  if (!row) throw fault('NoSuchDistribution', 'The specified distribution does not exist.');
  return row;
}

const configOf = (config: DistributionConfig) => structuredClone(config) as DistributionConfig;

export function distributionOf(row: DistributionRow, scope: Scope): Distribution {
  return {
    Id: row.id,
    ARN: row.arn,
    Status: row.isInProgress ? 'InProgress' : 'Deployed',
    LastModifiedTime: new Date(row.modified),
    InProgressInvalidationBatches: invalidations
      .in(scope)
      .values()
      .filter(({ distribution, isCompleted }) => distribution === row.id && !isCompleted).length,
    DomainName: row.domain,
    ActiveTrustedSigners: { Enabled: false, Quantity: 0 },
    ActiveTrustedKeyGroups: { Enabled: false, Quantity: 0 },
    DistributionConfig: configOf(row.config),
    AliasICPRecordals: (row.config.Aliases?.Items ?? []).map((CNAME) => ({ CNAME, ICPRecordalStatus: 'APPROVED' })),
  };
}

export function createDistribution({ DistributionConfig: given }: CreateDistributionCommandInput, call: Call) {
  return create(given, [], call);
}

export function createDistributionWithTags(
  { DistributionConfigWithTags: given }: CreateDistributionWithTagsCommandInput,
  call: Call,
) {
  return create(given?.DistributionConfig, given?.Tags?.Items ?? [], call);
}

function create(given: DistributionConfig | undefined, tags: readonly Tag[], call: Call) {
  if (!given?.CallerReference || !given.DefaultCacheBehavior)
    throw invalidArgument('The parameter DistributionConfig is required.');
  const config = wholeConfig(given);
  const table = distributions.in(call);
  const same = table.values().find((row) => row.config.CallerReference === config.CallerReference);
  if (same)
    throw fault(
      'DistributionAlreadyExists',
      `The caller reference that you are using to create a distribution is associated with another distribution. Already exists: ${same.id}`,
    );
  if (table.size >= DISTRIBUTIONS)
    throw fault('TooManyDistributions', 'Your request contains more distributions than are allowed per account.');
  checkConfig(config, call);
  const id = newId();
  const row = table.put(id, {
    id,
    arn: `arn:aws:cloudfront::${call.account}:distribution/${id}`,
    domain: newDomain(),
    etag: newId(),
    config,
    isInProgress: true,
    change: 1,
    modified: call.world.clock.stamp(),
    tags: tags.map(({ Key, Value = '' }) => ({ Key, Value })),
  });
  followReplicas(call);
  startDeployment(id, row.change, call);
  return {
    Distribution: distributionOf(row, call),
    ETag: row.etag,
    Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${id}`,
  };
}

export function getDistribution({ Id }: GetDistributionCommandInput, call: Call) {
  const row = findDistribution(Id, call);
  return { Distribution: distributionOf(row, call), ETag: row.etag };
}

export function getDistributionConfig({ Id }: GetDistributionConfigCommandInput, call: Call) {
  const row = findDistribution(Id, call);
  return { DistributionConfig: configOf(row.config), ETag: row.etag };
}

export function updateDistribution(input: UpdateDistributionCommandInput, call: Call) {
  const row = findDistribution(input.Id, call);
  const given = input.DistributionConfig;
  if (!given?.DefaultCacheBehavior) throw invalidArgument('The parameter DistributionConfig is required.');
  requireMatch(input.IfMatch, row.etag);
  const config = wholeConfig(given);
  if (config.CallerReference !== row.config.CallerReference)
    throw fault('IllegalUpdate', 'The update contains modifications that are not allowed.');
  checkConfig(config, call, row.id);
  const changed = distributions.in(call).update(row.id, (draft) => {
    draft.config = config;
    draft.etag = newId();
    draft.isInProgress = true;
    draft.change += 1;
    draft.modified = call.world.clock.stamp();
  });
  followReplicas(call);
  startDeployment(row.id, changed.change, call);
  return { Distribution: distributionOf(changed, call), ETag: changed.etag };
}

/** Only what is disabled everywhere may go (F-121). */
export function deleteDistribution({ Id, IfMatch }: DeleteDistributionCommandInput, call: Call) {
  const row = findDistribution(Id, call);
  requireMatch(IfMatch, row.etag);
  if (row.config.Enabled || row.isInProgress)
    throw fault('DistributionNotDisabled', 'The distribution you are trying to delete has not been disabled.');
  distributions.in(call).delete(row.id);
  followReplicas(call);
  return {};
}

export function listDistributions(input: ListDistributionsCommandInput, call: Call) {
  const list = listPage(distributions.in(call).values(), input);
  return {
    DistributionList: {
      ...list,
      Marker: input.Marker ?? '',
      IsTruncated: list.NextMarker !== undefined,
      ...(list.Items && { Items: list.Items.map((row) => summaryOf(row, call)) }),
    },
  };
}

/** What a list leaves out of the configuration. */
const UNLISTED = ['CallerReference', 'DefaultRootObject', 'Logging', 'ContinuousDeploymentPolicyId'];

function summaryOf(row: DistributionRow, call: Call): DistributionSummary {
  const {
    DistributionConfig: config,
    InProgressInvalidationBatches: _,
    ActiveTrustedSigners: __,
    ActiveTrustedKeyGroups: ___,
    ...shown
  } = distributionOf(row, call);
  const listed = Object.fromEntries(Object.entries(config!).filter(([member]) => !UNLISTED.includes(member)));
  return { ...(listed as unknown as DistributionSummary), ...shown, ETag: row.etag };
}

/** Ids and accounts of others are shown in part only: API reference, ListConflictingAliases. */
export function listConflictingAliases(input: ListConflictingAliasesCommandInput, call: Call) {
  const { id } = findDistribution(input.DistributionId, call);
  if (!input.Alias) throw invalidArgument('The parameter Alias is required.');
  const holder = holderOf(input.Alias.toLowerCase(), call);
  const masked = (text: string) => `${'*'.repeat(Math.max(0, text.length - 4))}${text.slice(-4)}`;
  const conflicts = holder && holder.id !== id ? [holder] : [];
  return {
    ConflictingAliasesList: {
      MaxItems: input.MaxItems ?? 100,
      Quantity: conflicts.length,
      Items: conflicts.map((row) => ({
        Alias: input.Alias!,
        DistributionId: masked(row.id),
        AccountId: masked(row.account),
      })),
    },
  };
}
