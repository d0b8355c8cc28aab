import { sickRotations } from '../../../operations/databases/sick-rotations.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const rotation: Check = {
  id: 'password-rotation',
  title: 'Every password that is to be rotated is',
  group: 'its data',
  needs: ['stacks'],
  async run(scene) {
    const found = await sickRotations(await scene.open(), await scene.databases());
    if (found.looked.length === 0) return skipped('no deployed database has rotationDays');
    if (found.sick.length === 0) return ok(found.looked.map((name) => `databases.${name}`).join(', '));
    return found.sick.map(({ database, detail, evidence, remedy }) =>
      sick({ severity: 'error', subject: `databases.${database}`, detail, evidence: [evidence], remedy }),
    );
  },
};
