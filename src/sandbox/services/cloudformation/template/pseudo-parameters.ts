export const PSEUDO_PARAMETERS = [
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::NoValue',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
] as const;

export type PseudoParameter = (typeof PSEUDO_PARAMETERS)[number];

export const isPseudoParameter = (name: string): name is PseudoParameter =>
  (PSEUDO_PARAMETERS as readonly string[]).includes(name);
