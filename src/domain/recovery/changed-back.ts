import type { RecoveryStep } from './recovery-plan.ts';

/** A resource that somebody has changed behind the back of its stack. */
export interface Changed {
  logicalId: string;
  type: string;
  /** Paths of the properties that differ. */
  differences: readonly string[];
}

/**
 * Only what holds no state, is never replaced by it, and what no other stack adds to: a security group would lose the
 * rules that services have put into it.
 */
const isChangedBack = ({ type, differences }: Changed): boolean =>
  type === 'AWS::IAM::Role' ||
  (type === 'AWS::Events::Rule' && differences.every((path) => path.startsWith('/Targets'))) ||
  (type === 'AWS::EC2::VPC' && differences.every((path) => /^\/EnableDns(Support|Hostnames)$/.test(path)));

/** The step that does so, where there is anything to do. */
export function changingBack(stackName: string, changed: readonly Changed[]): RecoveryStep[] {
  const back = changed.filter(isChangedBack);
  if (back.length === 0) return [];
  const what = back.map(({ logicalId, type, differences }) => `${logicalId} (${type}; ${differences.join(', ')})`);
  return [
    {
      do: 'change-back',
      class: 'ASK',
      text: `change ${what.join(', ')} back to what the template of ${stackName} says`,
      resource: back.map(({ logicalId }) => logicalId).join(', '),
    },
  ];
}
