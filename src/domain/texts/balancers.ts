import type { TextRule } from './text-rule.ts';

/** Addresses of a network of one's own, by which a load balancer asks. */
const PRIVATE = String.raw`(?:10\.\d+|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.\d+(?:\.\d+)?`;

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export const BALANCER_TEXTS: readonly TextRule[] = [
  { id: 'F-65', when: new RegExp(`Invalid HTTP_HOST header: '(?<host>${PRIVATE}(?::\\d+)?)'`) },
  { id: 'F-65', when: new RegExp(`Blocked (?:request|hosts?)[^\\n]{0,80}(?<host>${PRIVATE})`) },
  {
    id: 'F-64',
    when: /Health checks failed with these codes: \[(?<codes>[\d, ]+)\]|Target\.ResponseCodeMismatch/,
  },
  {
    id: 'F-66',
    when: /Request timed out|Target\.Timeout|Connection to target timed out/i,
    in: ['service-event', 'target-health', 'stopped-reason'],
  },
  {
    id: 'F-64',
    when: /failed ELB health checks|due to \(reason Health checks failed\)|Target\.FailedHealthChecks/i,
    or: ['F-65', 'F-66'],
  },
  {
    id: 'F-63',
    when: /ERR_TOO_MANY_REDIRECTS|redirected you too many times|Maximum (?:number of redirects exceeded|\(\d+\) redirects followed)|Exceeded \d+ redirects/i,
  },
  { id: 'F-67', when: /target group .{1,200}does not have an associated load balancer/i },
  { id: 'F-68', when: /Priority '?(?<priority>\d+)'? is currently in use|PriorityInUse/ },
  {
    id: 'F-69',
    when: /UnsupportedCertificate|must have a fully-qualified domain name, a supported signature, and a supported key size/,
  },
  { id: 'F-70', when: /CAA_ERROR|PENDING_VALIDATION|Content of DNS Record is: |DomainValidationOptions.*PENDING/ },
  { id: 'F-71', when: /Certificate .{0,200}(?:is in use|in use by)|ResourceInUseException[\s\S]{0,80}certificate/i },
  {
    id: 'F-72',
    when: /ERR_CERT_COMMON_NAME_INVALID|Hostname\/IP does not match certificate's altnames|no alternative certificate subject name matches|SSL: no alternative/i,
  },
  {
    id: 'F-73',
    when: /50[234] (?:Bad Gateway|Service (?:Temporarily )?Unavailable|Gateway Time-?out)/i,
    in: ['cli', 'container-log'],
  },
  {
    id: 'F-74',
    when: /(?:A load balancer|A target group|load balancer|target group)[^\n]{0,60}(?:with )?the same name[^\n]{0,60}(?:exists|but with different)|(?:DuplicateLoadBalancerName|DuplicateTargetGroupName)|(?:load balancer|target group) name '[^']*' cannot be longer than '32' characters/i,
  },
];
