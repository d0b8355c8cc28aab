/** `{{name}}` of a template that `init` writes; a placeholder without a value is a mistake of ours. */
export function fillTemplate(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the template asks for ${name}, which nothing gives`);
    return value;
  });
}
