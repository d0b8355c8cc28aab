const PLAIN = /^[A-Za-z0-9_.,:/@%+=-]+$/;

/** `KEY=value` that `parseDotenv` reads back as it was, in the form that most other tools understand too. */
export function dotenvLine(key: string, value: string): string {
  if (PLAIN.test(value)) return `${key}=${value}`;
  // A carriage return would become a line feed, and one that begins with a quote is anybody's guess.
  if (!/['\r]/.test(value)) return `${key}='${value}'`;
  if (!/["\\\r]/.test(value)) return `${key}="${value.replaceAll('\n', '\\n')}"`;
  if (!/[`\r]/.test(value)) return `${key}=\`${value}\``;
  const escaped = value.replace(/["\\]/g, (letter) => `\\${letter}`);
  return `${key}="${escaped.replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
}
