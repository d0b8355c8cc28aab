import { core } from './aws-cdk.ts';

/** What CloudFront adds to every request for the load balancer, and what the load balancer's firewall looks for. */
export const ORIGIN_VERIFY_HEADER = 'X-Origin-Verify';

/**
 * The value of a secret as CloudFormation fills it in when it makes a resource: it stands in no template and no
 * parameter. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html
 */
export const resolvedSecret = (arn: string): string =>
  core.Fn.join('', ['{{resolve:secretsmanager:', arn, ':SecretString}}']);
