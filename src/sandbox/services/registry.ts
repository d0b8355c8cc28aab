import type { HttpRoute } from '../kernel/http-route.ts';
import type { ServiceDefinition } from '../kernel/service-definition.ts';

/** Every service of the sandbox, by the name under which clients sign for it. Loaded when first asked. */
export const SERVICES: Readonly<Record<string, () => Promise<ServiceDefinition>>> = {
  acm: async () => (await import('./acm/service.ts')).acm,
  ssm: async () => (await import('./ssm/service.ts')).ssm,
  s3: async () => (await import('./s3/service.ts')).s3,
  kms: async () => (await import('./kms/service.ts')).kms,
  elasticloadbalancing: async () => (await import('./elasticloadbalancing/service.ts')).elasticLoadBalancing,
  monitoring: async () => (await import('./monitoring/service.ts')).monitoring,
  apigateway: async () => (await import('./apigateway/service.ts')).apiGateway,
  apigatewayv2: async () => (await import('./apigatewayv2/service.ts')).apiGatewayV2,
  'application-autoscaling': async () => (await import('./application-autoscaling/service.ts')).applicationAutoScaling,
  ec2: async () => (await import('./ec2/service.ts')).ec2,
  events: async () => (await import('./events/service.ts')).events,
  iam: async () => (await import('./iam/service.ts')).iam,
  lambda: async () => (await import('./lambda/service.ts')).lambda,
  rds: async () => (await import('./rds/service.ts')).rds,
  route53: async () => (await import('./route53/service.ts')).route53,
  secretsmanager: async () => (await import('./secretsmanager/service.ts')).secretsmanager,
  scheduler: async () => (await import('./scheduler/service.ts')).scheduler,
  sns: async () => (await import('./sns/service.ts')).sns,
  sqs: async () => (await import('./sqs/service.ts')).sqs,
  logs: async () => (await import('./logs/service.ts')).logs,
  'cognito-idp': async () => (await import('./cognito-idp/service.ts')).cognitoIdp,
  codedeploy: async () => (await import('./codedeploy/service.ts')).codeDeploy,
  ecr: async () => (await import('./ecr/service.ts')).ecr,
  ecs: async () => (await import('./ecs/service.ts')).ecs,
  cloudtrail: async () => (await import('./cloudtrail/service.ts')).cloudTrail,
  cloudformation: async () => (await import('./cloudformation/service.ts')).cloudformation,
  servicequotas: async () => (await import('./servicequotas/service.ts')).serviceQuotas,
  cloudfront: async () => (await import('./cloudfront/service.ts')).cloudfront,
  wafv2: async () => (await import('./wafv2/service.ts')).wafv2,
  sts: async () => (await import('./sts/service.ts')).sts,
};

/** What is no API of AWS's own protocols, by the start of its path. */
export const ROUTES: Readonly<Record<string, () => Promise<HttpRoute>>> = {
  '/v2/': async () => (await import('../registry/handle-registry-request.ts')).handleRegistryRequest,
  '/_cloudfront/': async () => (await import('./cloudfront/site-route.ts')).siteRoute,
  '/_apigateway/': async () => (await import('./apigateway/api-route.ts')).apiRoute,
  '/_lambda-url/': async () => (await import('./lambda/url-route.ts')).urlRoute,
  '/_lambda-code/': async () => (await import('./lambda/code-route.ts')).codeRoute,
  '/_cloudformation/': async () => (await import('./cloudformation/callback-route.ts')).callbackRoute,
};
