import { invalidParameter } from './refusals.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html */
const MOST_TAGS = 50;

export function checkTags(tags: Record<string, string>): void {
  if (Object.keys(tags).length > MOST_TAGS) throw invalidParameter('Number of tags exceeds resource tag limit.');
}
