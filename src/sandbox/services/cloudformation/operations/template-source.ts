import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { violation } from '../../constraints.ts';
import { invoke } from '../engine/invoke.ts';
import { templateText } from '../engine/names.ts';
import { invalid } from '../faults.ts';
import type { StackRow } from '../state.ts';
import { MAX_BODY_BYTES, MAX_URL_BYTES } from '../template/parse-template.ts';

export interface TemplateInput {
  TemplateBody?: string | undefined;
  TemplateURL?: string | undefined;
  UsePreviousTemplate?: boolean | undefined;
  /** `s3://bucket/key`, as `AWS::Include` has it. */
  IncludeLocation?: string | undefined;
}

/** The text that a request means. Throws when it means none, or more than one, or it cannot be read. */
export async function templateSource(
  { TemplateBody, TemplateURL, UsePreviousTemplate, IncludeLocation }: TemplateInput,
  call: Call,
  previous?: StackRow,
): Promise<string> {
  if (IncludeLocation !== undefined) return readInclude(IncludeLocation, call);
  const ways = [TemplateBody !== undefined, TemplateURL !== undefined, UsePreviousTemplate === true].filter(
    Boolean,
  ).length;
  if (ways > 1 && UsePreviousTemplate)
    throw invalid('You cannot specify both usePreviousTemplate and Template Body/Template URL.');
  if (ways !== 1) throw invalid('Either Template URL or Template Body must be specified.');
  if (TemplateURL !== undefined) return readUrl(TemplateURL, call);
  if (TemplateBody !== undefined) {
    const complaint = violation([['templateBody', TemplateBody, { length: [1, MAX_BODY_BYTES] }]]);
    if (complaint) throw invalid(complaint);
    return TemplateBody;
  }
  if (!previous || previous.deployment.template === '') throw invalid('Previous template not available for stack.');
  return templateText(call, previous.deployment.original ?? previous.deployment.template);
}

/** Where an S3 address points to, in each of the forms that CloudFormation takes; this sandbox's own addresses too. */
export function s3Location(url: string): { Bucket: string; Key: string } | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined;
  const path = decodeURIComponent(parsed.pathname.slice(1));
  const hosted = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.exec(parsed.hostname);
  if (hosted) return { Bucket: hosted[1]!, Key: path };
  const byPath = /^s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.test(parsed.hostname);
  const loopback = /^(127\.0\.0\.1|localhost|\[::1\])$/.test(parsed.hostname);
  const virtual = /^(.+)\.localhost$/.exec(parsed.hostname);
  if (virtual) return { Bucket: virtual[1]!, Key: path };
  const slash = path.indexOf('/');
  return (byPath || loopback) && slash > 0 ? { Bucket: path.slice(0, slash), Key: path.slice(slash + 1) } : undefined;
}

async function readUrl(url: string, call: Call): Promise<string> {
  if (url.startsWith('s3://'))
    throw invalid(`S3 error: Domain name specified in ${url.slice(5).split('/')[0]} is not a valid S3 domain`);
  const location = s3Location(url);
  if (!location) throw invalid('TemplateURL must be a supported URL.');
  const text = await readObject(location, call);
  if (Buffer.byteLength(text) > MAX_URL_BYTES) throw invalid(`Template may not exceed ${MAX_URL_BYTES} bytes in size.`);
  return text;
}

async function readInclude(location: string, call: Call): Promise<string> {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
  const { Body } = await invoke('s3', 'GetObject', { Bucket, Key }, call);
  return textOf(Body);
}

/** An object's text, or CloudFormation's words for why it could not be read. */
async function readObject(location: { Bucket: string; Key: string }, call: Call): Promise<string> {
  try {
    const { Body } = await invoke('s3', 'GetObject', location, call);
    return await textOf(Body);
  } catch (error) {
    if (error instanceof AwsFault)
      throw invalid(
        `S3 error: ${error.message}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
      );
    throw error;
  }
}

async function textOf(body: unknown): Promise<string> {
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString('utf8');
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
