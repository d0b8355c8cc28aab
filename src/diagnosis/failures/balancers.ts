import type { Failure } from '../failure.ts';

/** Load balancers, health, certificates. */
export const BALANCER_FAILURES: readonly Failure[] = [
  {
    id: 'F-63',
    stage: 'pre',
    handling: 'AUTO',
    title: 'requests are redirected for ever',
    noScenario: 'load balancers of the sandbox answer nobody',
  },
  {
    id: 'F-64',
    stage: 'run',
    handling: 'TELL',
    title: 'the health check is answered with a status that does not count as healthy',
  },
  {
    id: 'F-65',
    stage: 'run',
    handling: 'TELL',
    title: 'the application refuses the private address as a host name',
  },
  { id: 'F-66', stage: 'run', handling: 'ASK', title: 'the health check gets no answer' },
  {
    id: 'F-67',
    stage: 'dep',
    handling: 'AUTO',
    title: 'the target group has no load balancer yet',
    noScenario: 'a listener rule stands in the stack of its service, before it',
  },
  {
    id: 'F-68',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the priority of the listener rule is taken',
    noScenario: 'priorities are chosen and kept; two that are written alike are told by validate',
  },
  {
    id: 'F-69',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the certificate is not issued yet, or not of a kind that is taken',
  },
  { id: 'F-70', stage: 'pre', handling: 'ASK', title: 'the certificate waits for its DNS records' },
  {
    id: 'F-71',
    stage: 'del',
    handling: 'TELL',
    title: 'the certificate is still in use',
    noScenario: 'nothing of ours deletes a certificate that is in use',
  },
  {
    id: 'F-72',
    stage: 'pre',
    handling: 'AUTO',
    title: 'the shared listener has no certificate for this host',
    noScenario: 'it takes the listener of another environment, and a certificate for each',
  },
  {
    id: 'F-73',
    stage: 'run',
    handling: 'TELL',
    title: 'the load balancer answers with 502, 503 or 504',
    noScenario: 'load balancers of the sandbox answer nobody, so that none of their errors is counted',
  },
  {
    id: 'F-74',
    stage: 'pre',
    handling: 'AUTO',
    title: 'a load balancer or target group of this name exists, or the name is too long',
    noScenario: 'names of load balancers and target groups are left to CloudFormation',
  },
];
