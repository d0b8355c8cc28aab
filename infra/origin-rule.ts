/** The rule of the load balancer's firewall that turns away what does not come through CloudFront. */
export const ORIGIN_VERIFY_RULE = 'origin-verify';
