import type { TextRule } from './text-rule.ts';

/** CloudFront, functions at the edge, function URLs, and the trust of pipelines. */
export const EDGE_TEXTS: readonly TextRule[] = [
  { id: 'F-109', when: /specified SSL certificate doesn.t exist, isn.t in us-east-1|InvalidViewerCertificate/ },
  { id: 'F-110', when: /CNAMEAlreadyExists|One or more of the CNAMEs you provided are already associated/i },
  { id: 'F-111', when: /InvalidLambdaFunctionAssociation|function cannot have environment variables/ },
  {
    id: 'F-112',
    when: /Lambda function result failed validation|LambdaValidationError|LambdaLimitExceeded|The Lambda function (?:returned an invalid|associated with the CloudFront distribution)/,
  },
  { id: 'F-114', when: /replicated function/i },
  { id: 'F-116', when: /troubleshooting Function URL authorization issues/ },
  {
    id: 'F-117',
    when: /InvalidSignatureException|request signature we calculated does not match the signature you provided/,
    // S3 ends its sentence otherwise than a function's URL does.
    unless: /Signature expired|Check your key and signing method|(?:account|bootstrap|sts|calling the)/i,
  },
  // The answer of S3 itself, as a page; its SDKs and CloudFormation word it otherwise.
  { id: 'F-119', when: /<Error>\s*<Code>AccessDenied<\/Code>/ },
  {
    id: 'F-120',
    when: /WAFInvalidParameterException|The scope is not valid[^\n]{0,60}SCOPE_VALUE|WAFUnavailableEntity[^\n]{0,80}scope/i,
  },
  { id: 'F-121', when: /distribution you are trying to delete has not been disabled|DistributionNotDisabled/ },
  {
    id: 'F-127',
    when: /(?:Could not assume role with OIDC|AssumeRoleWithWebIdentity)[\s\S]{0,120}Not authorized to perform sts:AssumeRoleWithWebIdentity|Not authorized to perform sts:AssumeRoleWithWebIdentity/i,
    or: ['F-128'],
  },
  {
    id: 'F-129',
    when: /getIDToken call failed|ACTIONS_ID_TOKEN_REQUEST_URL|Credentials could not be loaded, please check your action inputs/,
  },
  { id: 'F-130', when: /Provider with url https:\/\/token\.actions\.githubusercontent\.com\/? already exists/ },
];
