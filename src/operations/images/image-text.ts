import { columns } from '../../domain/columns.ts';
import type { ImageCheckOutcome } from './image-check.ts';
import type { ImageListOutcome } from './image-list.ts';
import type { ImageOutcome } from './image-push.ts';
import type { InitImagesOutcome } from './init-images.ts';

const NOTHING_RUNS = 'platform.yaml has nothing that runs an image';

export function madeText({ images, dryRun }: ImageOutcome): string {
  if (images.length === 0) return NOTHING_RUNS;
  const rows = images.map(({ service, repository, tag, platform, digest, action, simulated }) => [
    service,
    dryRun && action !== 'reused' ? `would be ${action}` : action,
    platform,
    `${repository}:${tag}`,
    [...(digest ? [digest.slice(0, 19)] : []), ...(simulated ? ['(simulated)'] : [])].join(' '),
  ]);
  const simulated = images.some((image) => image.simulated)
    ? ['simulated: the sandbox found no container engine, so a placeholder stands for the image']
    : [];
  return [columns(rows), ...simulated].join('\n');
}

export function listText({ images }: ImageListOutcome, flags: string): string {
  if (images.length === 0) return `There are no images yet: platform image push ${flags}`;
  return columns(
    images.map(({ service, tags, digest, platform, pushedAt, bytes, released }) => [
      service,
      digest.slice(0, 19),
      platform,
      sizeText(bytes),
      pushedAt?.slice(0, 16).replace('T', ' ') ?? '',
      `${tags.join(', ')}${released ? '  (released)' : ''}`,
    ]),
  );
}

export function checkText({ images }: ImageCheckOutcome): string {
  if (images.length === 0) return NOTHING_RUNS;
  return images
    .flatMap(({ service, digest, platform, bytes, ports, findings, simulated }) => [
      [
        service,
        digest?.slice(0, 19) ?? 'no image',
        ...(platform ? [platform] : []),
        ...(bytes === null ? [] : [sizeText(bytes)]),
        ...(ports.length > 0 ? [`exposes ${ports.join(', ')}`] : []),
        ...(simulated ? ['(simulated)'] : []),
      ].join('  '),
      ...findings.flatMap(({ id, severity, message, remedy }) => [
        `  ${severity} ${id}: ${message}`,
        `    fix: ${remedy}`,
      ]),
    ])
    .join('\n');
}

export function initText({ environment, repositories, action, dryRun }: InitImagesOutcome): string {
  const verb = { create: 'made', update: 'changed', none: 'as configured' }[action];
  const state = dryRun && action !== 'none' ? `would be ${verb}` : `are ${verb}`;
  return [
    `The image repositories of ${environment} ${state}`,
    ...repositories.map(({ name, services }) => `  ${name}  (${services.join(', ')})`),
  ].join('\n');
}

function sizeText(bytes: number): string {
  if (bytes < 1024 ** 2) return `${Math.max(1, Math.round(bytes / 1024))} KiB`;
  if (bytes < 1024 ** 3) return `${Math.round(bytes / 1024 ** 2)} MiB`;
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
