/**
 * The ways in which the id of one trace is written: X-Ray's with its version and dashes, and that of W3C, which is the
 * same digits without. Any other text is itself.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids
 */
export function traceIds(id: string): string[] {
  const [, ofXray] = /^(?:Root=)?1-([0-9a-f]{8}-[0-9a-f]{24})$/i.exec(id) ?? [];
  if (ofXray !== undefined) return [`1-${ofXray}`, ofXray.replace('-', '')];
  if (/^[0-9a-f]{32}$/i.test(id)) return [id, `1-${id.slice(0, 8)}-${id.slice(8)}`];
  return [id];
}

/** As CloudWatch Logs filters: lines that hold any of them. */
export const anyOf = (texts: readonly string[]): string =>
  texts.length === 1 ? `"${texts[0]}"` : texts.map((text) => `?"${text}"`).join(' ');

/** Where a person sees the whole trace; undefined for what is no trace's id. */
export function traceAddress(id: string, region: string): string | undefined {
  const ofXray = traceIds(id).find((one) => one.startsWith('1-') && one.length === 35);
  return ofXray && `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#xray:traces/${ofXray}`;
}
