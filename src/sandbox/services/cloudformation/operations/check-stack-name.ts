import { violation } from '../../constraints.ts';
import { invalid } from '../faults.ts';

/** A name for a stack to be made. */
export function checkStackName(name: string | undefined): asserts name is string {
  const complaint = violation([
    ['stackName', name, { required: true, length: [1, 128], pattern: '[a-zA-Z][-a-zA-Z0-9]*' }],
  ]);
  if (complaint) throw invalid(complaint);
}

export function checkChangeSetName(name: string | undefined): asserts name is string {
  const complaint = violation([
    ['changeSetName', name, { required: true, length: [1, 128], pattern: '[a-zA-Z][-a-zA-Z0-9]*' }],
  ]);
  if (complaint) throw invalid(complaint);
}
