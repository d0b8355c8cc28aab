/** CloudFront takes firewalls, functions of Lambda@Edge and certificates from here and nowhere else. */
export const EDGE_REGION = 'us-east-1';
