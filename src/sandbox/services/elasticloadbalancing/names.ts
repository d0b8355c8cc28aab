import { invalid } from './faults.ts';

/** The rules for names of load balancers and target groups; `what` begins the sentence. */
export function checkName(name: string, what: 'Load balancer' | 'Target group'): void {
  if (name.length > 32) throw invalid(`${what} name '${name}' cannot be longer than '32' characters`);
  if (!/^[a-zA-Z0-9-]+$/.test(name)) {
    throw invalid(`${what} name '${name}' can only contain characters that are alphanumeric characters or hyphens(-)`);
  }
  if (name.startsWith('-') || name.endsWith('-')) {
    throw invalid(`${what} name '${name}' cannot begin or end with '-'`);
  }
  if (what === 'Load balancer' && name.startsWith('internal-')) {
    throw invalid(`${what} name '${name}' cannot begin with 'internal-'`);
  }
}
