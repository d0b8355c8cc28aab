import { toldApart } from '../../../infra/component-outputs.ts';

interface StatedOutputs {
  readonly Outputs?: readonly { readonly OutputKey?: string; readonly OutputValue?: string }[];
}

/** Outputs of a stack as DescribeStacks gives it, by key; what is told together, apart. */
export const stackOutputs = ({ Outputs = [] }: StatedOutputs): Record<string, string> =>
  toldApart(Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue])));
