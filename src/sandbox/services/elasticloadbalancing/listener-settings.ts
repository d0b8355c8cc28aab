import { AwsFault } from '../../kernel/fault.ts';
import { invalid } from './faults.ts';
import { SSL_POLICIES } from './ssl-policies.ts';

export function checkedProtocol(protocol: string | undefined): 'HTTP' | 'HTTPS' {
  if (!protocol) throw invalid('A protocol must be specified');
  if (protocol !== 'HTTP' && protocol !== 'HTTPS') {
    throw new AwsFault(
      'ValidationError',
      `The protocol '${protocol}' is not supported by load balancers of type 'application'`,
    );
  }
  return protocol;
}

export function checkSslPolicy(policy: string): string {
  if (!SSL_POLICIES.includes(policy)) throw new AwsFault('SSLPolicyNotFound', `SSL policy '${policy}' not found`);
  return policy;
}
