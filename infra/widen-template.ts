import { POLICY_KEY } from './bucket-policy-owner.ts';
import { keptOutputs } from './component-outputs.ts';
import { ORIGIN_VERIFY_RULE } from './origin-rule.ts';

// biome-ignore lint/suspicious/noExplicitAny: template JSON
type Json = any;

export interface WideTemplate {
  /** The new template with every right that the old one gave and the new one does not. */
  template: Json;
  /** Names of the old template's parameters that the kept rights still speak of. */
  kept: string[];
}

/**
 * The template of `tasks` for the time in which the old and the new release run side by side: nothing that the old one
 * needs is taken away before the new one is proven. The new template alone, deployed afterwards, narrows it again.
 */
export function widenTemplate(before: Json, after: Json): WideTemplate {
  const template: Json = structuredClone(after);
  const kept = new Set<string>();
  const keep = (value: Json) => {
    for (const name of refsIn(value)) {
      const parameter = before.Parameters?.[name];
      if (!parameter || template.Parameters?.[name]) continue;
      template.Parameters = { ...template.Parameters, [name]: parameter };
      kept.add(name);
    }
  };

  for (const [id, old] of Object.entries<Json>(before.Resources ?? {})) {
    const now = template.Resources?.[id];
    if (now === undefined && isHandedOver(old, template)) continue;
    if (now === undefined) {
      // A whole component, or a rule of a security group that let it in: both stay until the release is proven.
      template.Resources[id] = old;
      keep(old);
    } else if (old.Type === 'AWS::IAM::Role' && now.Type === old.Type) {
      const lost = lostPolicies(old.Properties?.Policies ?? [], now.Properties?.Policies ?? []);
      if (lost.length === 0) continue;
      now.Properties = { ...now.Properties, Policies: [...(now.Properties?.Policies ?? []), ...lost] };
      keep(lost);
    } else if (old.Type === 'AWS::S3::BucketPolicy' && now.Type === old.Type) {
      const lost = lostReads(old.Properties?.PolicyDocument, now.Properties?.PolicyDocument);
      if (lost.length === 0) continue;
      const { PolicyDocument } = now.Properties;
      now.Properties.PolicyDocument = { ...PolicyDocument, Statement: [...PolicyDocument.Statement, ...lost] };
      keep(lost);
    }
  }
  for (const [id, now] of Object.entries<Json>(template.Resources ?? {}))
    if (now.Type === 'AWS::WAFv2::WebACL' && !(asks(before.Resources?.[id]) && asks(after.Resources?.[id])))
      template.Resources[id] = onlyCounting(now);
  for (const [name, output] of Object.entries(keptOutputs(before, template))) {
    template.Outputs = { ...template.Outputs, [name]: output };
    keep(output);
  }
  return { template, kept: [...kept].sort() };
}

/** A policy that is gone, or says something else now; the latter under another name, because names are unique in a role. */
const lostPolicies = (old: readonly Json[], now: readonly Json[]): Json[] =>
  old.flatMap((policy) => {
    const says = JSON.stringify(policy.PolicyDocument);
    const isGiven = now.some(({ PolicyDocument }) => JSON.stringify(PolicyDocument) === says);
    return isGiven ? [] : [{ ...policy, PolicyName: freeName(policy.PolicyName, now) }];
  });

/**
 * What CloudFront was allowed to read: a site that goes is shown until then. Nothing that opens a bucket to everybody is
 * kept: S3 refuses it as soon as the bucket is closed to the public.
 */
function lostReads(old: Json, now: Json): Json[] {
  const statements: Json[] = now?.Statement ?? [];
  const says = new Set(statements.map((statement) => JSON.stringify(statement)));
  return (old?.Statement ?? [])
    .filter(({ Effect, Principal }: Json) => Effect === 'Allow' && Principal?.Service !== undefined)
    .filter((statement: Json) => !says.has(JSON.stringify(statement)))
    .map((statement: Json) => ({ ...statement, Sid: freeSid(statement.Sid, statements) }));
}

const isVerification = ({ Name }: Json): boolean => Name === ORIGIN_VERIFY_RULE;

/** Whether a firewall turns away who does not bring the header of CloudFront. */
const asks = (acl: Json): boolean =>
  acl?.Properties?.Rules?.some((rule: Json) => isVerification(rule) && rule.Action?.Block) ?? false;

/**
 * Distributions bring the header, or no longer do, as soon as they are changed, which comes later: nobody is turned away
 * in between (F-120).
 */
function onlyCounting(acl: Json): Json {
  const rules: Json[] = acl.Properties?.Rules ?? [];
  const Rules = rules.map((rule) => (isVerification(rule) ? { ...rule, Action: { Count: {} } } : rule));
  return { ...acl, Properties: { ...acl.Properties, Rules } };
}

const freeSid = (sid: string, statements: readonly Json[]): string =>
  statements.some(({ Sid }) => Sid === sid) ? freeSid(`${sid}Before`, statements) : sid;

const freeName = (name: string, now: readonly Json[]): string =>
  now.some(({ PolicyName }) => PolicyName === name) ? freeName(`${name}Before`, now) : name;

function refsIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = typeof value.Ref === 'string' ? [value.Ref] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}

/**
 * The policy of a bucket that another stack writes now, as the template says at the bucket: it is handed over before
 * anything else changes, and a bucket has one.
 */
function isHandedOver(policy: Json, { Resources }: Json): boolean {
  const bucket = policy.Type === 'AWS::S3::BucketPolicy' ? Resources?.[policy.Properties?.Bucket?.Ref] : undefined;
  return bucket?.Metadata?.[POLICY_KEY] === 'sites';
}
