import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { extractSchema, typeNames } from './extract-schema.ts';

/** Services whose types a stack of ours, a bootstrap or a usual application has. All others are looked up when asked. */
const PACKED =
  /^AWS::(ApiGateway|ApiGatewayV2|ApplicationAutoScaling|CertificateManager|CloudFormation|CloudFront|CloudWatch|DynamoDB|EC2|ECR|ECS|ElasticLoadBalancingV2|Events|IAM|KMS|Lambda|Logs|RDS|Route53|S3|Scheduler|SecretsManager|SNS|SQS|SSM|WAFv2)::/;

/** The schemas of the usual types, small enough to be read in milliseconds where the whole database takes half a second. */
export async function packSchemas(): Promise<string> {
  const database = await loadAwsServiceSpec();
  const schemas = typeNames(database)
    .filter((type) => PACKED.test(type))
    .sort()
    .map((type) => extractSchema(database, type)!);
  return brotliCompressSync(JSON.stringify(schemas)).toString('base64');
}

/** `node pack-schemas.ts` writes the file anew, after an update of the schemas' package. */
if (process.argv[1] === import.meta.filename) {
  const file = new URL('packed-schemas.ts', import.meta.url);
  const head = readFileSync(file, { encoding: 'utf8', flag: 'a+' }).split('export')[0];
  writeFileSync(file, `${head}export const PACKED_SCHEMAS =\n  '${await packSchemas()}';\n`);
}
