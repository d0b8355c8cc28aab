import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** An engine without emulation builds a foreign image up to its first RUN, and no further (F-36). */
export const imagePlatform: Check = {
  id: 'image-platform',
  title: 'The engine builds for the processors that services run on',
  group: 'this machine',
  needs: ['configuration', 'container-engine'],
  async run({ context }, say) {
    const { environment } = await context.configured();
    const { engine } = await context.containerEngine();
    if (!engine) return skipped('there is no engine');
    say(`${engine.name} to say what it builds for`);
    const can = await engine.platforms();
    if (!can) return skipped(`${engine.name} does not say which processors it emulates`);
    const needs = Object.entries(environment.blocks.services).map(
      ([name, { architecture }]) => [name, `linux/${architecture}`] as const,
    );
    const lacking = needs.filter(([, platform]) => !can.includes(platform));
    if (lacking.length === 0) return ok([...new Set(needs.map(([, platform]) => platform))].join(', '));
    return lacking.map(([name, platform]) =>
      sick({
        severity: 'warning',
        subject: `services.${name}`,
        detail: `it runs on ${platform}, for which ${engine.name} builds nothing here`,
        evidence: [evidenceOf('docker buildx inspect', 'Platforms', can.join(', '))],
        remedy: `docker run --privileged --rm tonistiigi/binfmt --install ${platform.slice('linux/'.length)}; or services.${name}.architecture in platform.yaml`,
        failure: 'F-35',
      }),
    );
  },
};
