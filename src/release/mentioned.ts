/** Logical ids and parameters that stand in a value of a template, or in a whole resource, as often as they stand there. */
export function mentioned(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mentioned);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, argument]) => {
    if (key === 'Ref') return [String(argument)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(argument) ? argument[0] : argument).split('.')[0]!];
    if (key === 'Fn::Sub') {
      const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
      const names = [...String(text).matchAll(/\$\{([A-Za-z0-9]+)/g)].map((match) => match[1]!);
      return [...names, ...mentioned(variables)];
    }
    if (key === 'DependsOn') return [argument].flat().map(String);
    return mentioned(argument);
  });
}
