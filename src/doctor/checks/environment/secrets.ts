import { restoreSecret } from '../../../operations/secrets/restore-secret.ts';
import { sickSecrets } from '../../../operations/secrets/sick-secrets.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, type Sick, skipped } from '../../finding.ts';
import { fromProblem } from '../../from-problem.ts';

/** What the configuration gives to containers, and what the revisions that run are given (F-44, F-47, F-90 … F-95). */
export const secrets: Check = {
  id: 'secrets',
  title: 'Every secret is there, with the keys that containers are given',
  group: 'the environment',
  needs: ['credentials'],
  async run(scene, say) {
    const session = await scene.open();
    const deployed = (await scene.stacks()).length > 0;
    say('Secrets Manager');
    const [configured, running] = await Promise.all([
      sickSecrets(session, { deployed, of: scene.service }),
      scene.startProblems(),
    ]);
    const found: Finding[] = configured.problems.map(({ secret, ...problem }) => {
      const fix: Sick['fix'] = {
        handling: 'ASK',
        does: `restore secret ${secret.secretName}`,
        asks: true,
        apply: () => restoreSecret(session, { secret: secret.name }),
      };
      return { ...fromProblem(problem), ...(problem.rule === 'F-91' ? { fix } : {}) };
    });
    // What both say is told once.
    const told = new Set(configured.problems.map(sameThing));
    found.push(
      ...running
        .filter((problem) => problem.rule !== 'F-43' && !told.has(sameThing(problem)))
        .map((one) => fromProblem(one)),
      ...configured.unseen.map(
        ({ secret, permission, reason }): Finding => ({
          status: 'unknown',
          subject: `secrets.${secret.name}`,
          reason,
          ...(permission ? { permission } : {}),
        }),
      ),
    );
    if (found.length > 0) return found;
    return configured.looked === 0 ? skipped('there is none') : ok(`${configured.looked} looked at`);
  },
};

const sameThing = ({ rule, evidence }: { rule?: string; evidence?: readonly { read: string }[] }): string =>
  `${rule} ${evidence?.[0]?.read}`;
