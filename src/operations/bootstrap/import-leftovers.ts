import type { Aws } from '../../aws/aws.ts';
import type { TemplateJson } from '../../cdk/cdk.ts';
import type { FoundPart } from '../../domain/bootstrap/bootstrap-findings.ts';
import { type BootstrapPart, bootstrapParts } from '../../domain/bootstrap/bootstrap-parts.ts';

export interface Import {
  template: TemplateJson;
  resources: { LogicalResourceId: string; ResourceType: string; ResourceIdentifier: Record<string, string> }[];
}

/**
 * A template of nothing but what is taken over, each under its logical id in the CDK's template, so that bootstrapping
 * finds it there and brings it in line. An import may make nothing, and wants a DeletionPolicy on all it takes.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
export async function importOf(aws: Aws, qualifier: string, parts: readonly FoundPart[]): Promise<Import> {
  const known = new Map(
    bootstrapParts({ qualifier, account: aws.account, region: aws.region }).map((part) => [part.id, part]),
  );
  const taken = parts.map(({ id }) => known.get(id)!);
  const declared = await Promise.all(
    taken.map(async (part) => [
      part.logicalId,
      { Type: part.type, DeletionPolicy: 'Retain', Properties: await propertiesOf(aws, part) },
    ]),
  );
  return {
    template: { Resources: Object.fromEntries(declared) },
    resources: taken.map(({ logicalId, type, identifier, name }) => ({
      LogicalResourceId: logicalId,
      ResourceType: type,
      ResourceIdentifier: { [identifier]: name },
    })),
  };
}

/** Its name, and what its type does not do without, as it is. */
async function propertiesOf({ iam, ssm }: Aws, { identifier, name, type }: BootstrapPart) {
  const named = { [identifier]: name };
  if (type === 'AWS::SSM::Parameter') return { ...named, Type: 'String', Value: (await ssm.parameter(name)) ?? '0' };
  if (type !== 'AWS::IAM::Role') return named;
  const role = await iam.role(name);
  return { ...named, AssumeRolePolicyDocument: JSON.parse(decodeURIComponent(role?.AssumeRolePolicyDocument ?? '{}')) };
}
