import type { ResourceRecordSet } from '@aws-sdk/client-route-53';

export const recordKey = (
  zone: string,
  { Name, Type, SetIdentifier }: Pick<ResourceRecordSet, 'Name' | 'Type' | 'SetIdentifier'>,
): string => `${zone} ${Name} ${Type} ${SetIdentifier ?? ''}`;
