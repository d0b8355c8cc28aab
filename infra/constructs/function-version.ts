import { createHash } from 'node:crypto';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { overrideEarly } from '../apply-overrides.ts';
import { core, lambda } from '../aws-cdk.ts';
import type { Links } from '../links.ts';
import { pascal } from '../names.ts';

/** What a version does not hold: changing these alone publishes nothing. */
const UNVERSIONED = ['ReservedConcurrentExecutions', 'Tags'];

/**
 * A version is made exactly when what it would hold has changed: Lambda refuses a second one of the same content, and
 * without one the alias would stay on the old. Code and configuration stand in its logical id; what travels as a
 * parameter cannot, so its fingerprint stands in the description, whose change replaces the version.
 */
export class FunctionVersion extends Construct {
  readonly number: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { links, name, fn }: { links: Links; name: string; fn: CfnFunction }) {
    super(scope, id);
    overrideEarly(fn);
    const properties = held(core.Stack.of(this).resolve(fn._toCloudFormation()));
    const hash = createHash('sha256').update(JSON.stringify(properties)).digest('hex').slice(0, 12);
    const given = [...new Set(refsIn(properties))].filter((ref) => links.gives(ref));
    const fingerprint = links.fingerprint(pascal(name), given);

    const version = new lambda.CfnVersion(this, `V${hash}`, {
      functionName: fn.ref,
      description: fingerprint ? core.Fn.join(' ', [hash, fingerprint]) : hash,
    });
    // The way back of a release leads to its version; all go with their function. One whose release failed goes at once:
    // the next try would otherwise find its content published already, which CloudFormation takes for an error.
    version.cfnOptions.deletionPolicy = core.CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    version.cfnOptions.updateReplacePolicy = core.CfnDeletionPolicy.RETAIN;
    this.number = version.attrVersion;
    this.arn = version.ref;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: template JSON
type Json = any;

function held(resource: Json): Json {
  const [{ Properties }] = Object.values<Json>(resource.Resources);
  return Object.fromEntries(
    Object.entries<Json>(Properties)
      .filter(([name]) => !UNVERSIONED.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function refsIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = typeof value.Ref === 'string' ? [value.Ref] : [];
  return [...own, ...Object.values(value).flatMap(refsIn)];
}
