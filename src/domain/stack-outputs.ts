interface StatedOutputs {
  readonly Outputs?: readonly { readonly OutputKey?: string; readonly OutputValue?: string }[];
}

/** Outputs of a stack as DescribeStacks gives it, by key. */
export const stackOutputs = ({ Outputs = [] }: StatedOutputs): Record<string, string> =>
  Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
