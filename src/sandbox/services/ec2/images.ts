import { createHash } from 'node:crypto';

export interface PublicImage {
  id: string;
  /** The public parameter of Systems Manager that has its id: `/aws/service/ami-amazon-linux-latest/…` */
  parameter: string;
  name: string;
  architecture: 'x86_64' | 'arm64';
}

const EDITIONS = ['al2023-ami', 'al2023-ami-minimal'];
const KERNELS = ['default', '6.1', '6.12', '6.18'];
const ARCHITECTURES = ['x86_64', 'arm64'] as const;

/**
 * Amazon Linux 2023 as a region has it. Ids are made from region and parameter, as Parameter Store here makes them, so
 * that what a template looks up can be launched; they are not AWS's own.
 */
export function publicImagesOf(region: string): PublicImage[] {
  return EDITIONS.flatMap((edition) =>
    KERNELS.flatMap((kernel) =>
      ARCHITECTURES.map((architecture) => {
        const name = `${edition}-kernel-${kernel}-${architecture}`;
        const parameter = `/aws/service/ami-amazon-linux-latest/${name}`;
        const digest = createHash('sha256').update(`${region}${parameter}`).digest('hex');
        return { id: `ami-${digest.slice(0, 17)}`, parameter, name, architecture };
      }),
    ),
  );
}
