import { createHash } from 'node:crypto';

/** Machine images that AWS itself publishes, by the SSM parameter under which it lists their newest versions. */
const PUBLISHED = [
  {
    parameter: 'al2023-ami-kernel-default-x86_64',
    name: 'al2023-ami-2023.x-kernel-6.1-x86_64',
    architecture: 'x86_64',
  },
  { parameter: 'al2023-ami-kernel-default-arm64', name: 'al2023-ami-2023.x-kernel-6.1-arm64', architecture: 'arm64' },
  { parameter: 'al2023-ami-kernel-6.1-x86_64', name: 'al2023-ami-2023.x-kernel-6.1-x86_64', architecture: 'x86_64' },
  { parameter: 'al2023-ami-kernel-6.1-arm64', name: 'al2023-ami-2023.x-kernel-6.1-arm64', architecture: 'arm64' },
  {
    parameter: 'al2023-ami-minimal-kernel-default-x86_64',
    name: 'al2023-ami-minimal-2023.x-x86_64',
    architecture: 'x86_64',
  },
  {
    parameter: 'al2023-ami-minimal-kernel-default-arm64',
    name: 'al2023-ami-minimal-2023.x-arm64',
    architecture: 'arm64',
  },
  { parameter: 'amzn2-ami-hvm-x86_64-gp2', name: 'amzn2-ami-hvm-2.0-x86_64-gp2', architecture: 'x86_64' },
] as const;

export interface PublicImage {
  id: string;
  /** `/aws/service/ami-amazon-linux-latest/…` */
  parameter: string;
  name: string;
  architecture: 'x86_64' | 'arm64';
}

/** The images of a region: ids differ between regions, as in AWS, and are the sandbox's own. */
export function publicImagesOf(region: string): PublicImage[] {
  return PUBLISHED.map(({ parameter, name, architecture }) => ({
    id: `ami-0${createHash('sha256').update(`${region}/${parameter}`).digest('hex').slice(0, 16)}`,
    parameter: `/aws/service/ami-amazon-linux-latest/${parameter}`,
    name,
    architecture,
  }));
}
