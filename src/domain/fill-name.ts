/** Fills `{project}`, `{env}`, `{block}` and `{name}` into a name's template. What is not given stays as it is. */
export const fillName = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, key: string) => (Object.hasOwn(values, key) ? values[key]! : whole));
