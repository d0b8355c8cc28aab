import { deployText } from './deploy-text.ts';
import type { PromoteOutcome } from './promote.ts';

export function promotedText({ from, to, release, images, checks, deployment }: PromoteOutcome): string {
  return [
    `Release ${release} of ${from}:`,
    ...Object.entries(images).map(([service, digest]) => `  ${service} ${digest}`),
    ...checks.map(({ detail }) => `  ${detail}`),
    ...(deployment ? [deployText(deployment)] : [`Nothing was copied, and nothing deployed in ${to}`]),
  ].join('\n');
}
