import { AwsFault } from '../../../kernel/fault.ts';
import { intrinsic, isObject, type Json, type JsonObject } from './template.ts';

/** A transform that could not be carried out; a change set is made, and is a failed one. */
export class TransformFailure extends AwsFault {
  constructor(message: string) {
    super('ValidationError', message);
  }
}

/** Reads the text behind a location; throws a fault of S3. */
export type Reader = (location: string) => Promise<Json>;

/** Replaces `Fn::Transform: { Name: AWS::Include }` by what stands at its location, beside its siblings or in their place. */
export async function expandIncludes(value: Json, read: Reader): Promise<Json> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => expandIncludes(item, read)));
  if (!isObject(value)) return value;
  const { 'Fn::Transform': transform, ...siblings } = value;
  if (transform === undefined || !isInclude(transform)) {
    const entries = Object.entries(value).map(async ([key, item]) => [key, await expandIncludes(item, read)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
  const included = await include((transform as { Parameters: JsonObject }).Parameters.Location as string, read);
  if (Object.keys(siblings).length === 0) return included;
  const rest = (await expandIncludes(siblings, read)) as JsonObject;
  return isObject(included) ? { ...rest, ...included } : rest;
}

const isInclude = (transform: Json): boolean =>
  isObject(transform) && transform.Name === 'AWS::Include' && isObject(transform.Parameters);

async function include(location: string, read: Reader): Promise<Json> {
  try {
    return await read(location);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
    const reason =
      error.code === 'NoSuchBucket'
        ? `S3 bucket [${bucket}] does not exist.`
        : `The specified S3 object's content [${key}] could not be read: ${error.message}`;
    throw new TransformFailure(`Transform AWS::Include failed with: ${reason}`);
  }
}

/** Whether a value holds a transform other than an include: those are macros, which are functions. */
export function macroIn(value: Json | undefined): string | undefined {
  const call = intrinsic(value);
  if (call?.[0] === 'Fn::Transform') return isObject(call[1]) ? String(call[1].Name) : String(call[1]);
  if (isObject(value) && value['Fn::Transform'] !== undefined)
    return macroIn({ 'Fn::Transform': value['Fn::Transform'] });
  const children = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return children.map(macroIn).find((name) => name !== undefined);
}
