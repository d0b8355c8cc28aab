import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';

type Registry = Session['aws']['ecr'];

export interface CopyInput {
  from: { ecr: Registry; repository: string };
  to: { ecr: Registry; repository: string };
  digest: string;
}

interface Manifest {
  manifests?: { digest: string }[];
  config?: { digest: string };
  layers?: { digest: string }[];
}

/**
 * Has a repository hold the same image as another, by digest, whatever accounts the two are in. Layers go through this
 * machine piece by piece; what is there already is not sent again, so a copy that broke off goes on.
 */
export async function copyImage({ from, to, digest }: CopyInput, say: (what: string) => void): Promise<void> {
  if (await to.ecr.image(to.repository, { digest })) return;
  const stored = await from.ecr.manifest(from.repository, { digest });
  if (!stored) throw imageGone(from.repository, digest);
  const { manifests = [], config, layers = [] } = JSON.parse(stored.text) as Manifest;
  // An index is taken only once everything that it lists is there.
  for (const one of manifests) await copyImage({ from, to, digest: one.digest }, say);
  const wanted = [...new Set([...layers, ...(config ? [config] : [])].map((layer) => layer.digest))];
  for (const [index, layer] of (await to.ecr.missingLayers(to.repository, wanted)).entries()) {
    say(`${to.repository}: layer ${index + 1}`);
    const bytes = await from.ecr.layerBytes(from.repository, layer);
    if (bytes === undefined) throw imageGone(from.repository, digest);
    await to.ecr.receiveLayer(to.repository, { digest: layer, bytes });
  }
  await to.ecr.put(to.repository, stored);
}

const imageGone = (repository: string, digest: string) =>
  new PlatformError({
    id: 'promote-image-gone',
    kind: 'failed',
    message: `${repository} does not hold all of ${digest} any more, which runs there`,
    remedy: 'deploy the environment that it comes from again, then promote',
  });
