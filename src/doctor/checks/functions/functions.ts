import { counted } from '../../../domain/counted.ts';
import { apiFaults } from '../../../operations/functions/api-faults.ts';
import { failedCalls } from '../../../operations/functions/failed-calls.ts';
import { ruleProblems } from '../../../operations/functions/rule-targets.ts';
import { sickFunctions } from '../../../operations/functions/sick-functions.ts';
import { switchedOff } from '../../../operations/functions/switched-off.ts';
import { stackOutputs } from '../../../operations/stacks/stack-outputs.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, skipped } from '../../finding.ts';
import { fromProblem } from '../../from-problem.ts';

const NONE = skipped('no function is deployed');

export const functions: Check = {
  id: 'functions',
  title: 'Every function is there and ready, and its network has room for it',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const deployed = await scene.functions();
    if (deployed.length === 0) return NONE;
    return told(await sickFunctions(await scene.open(), deployed), counted(deployed.length, 'function'));
  },
};

export const functionErrors: Check = {
  id: 'function-errors',
  title: 'Calls of functions succeed, and those that do not are counted',
  group: 'its services',
  needs: ['functions'],
  async run(scene) {
    const deployed = await scene.functions();
    if (deployed.length === 0) return NONE;
    return told(await failedCalls(await scene.open(), deployed), 'none failed within the last hour');
  },
};

export const eventTargets: Check = {
  id: 'event-targets',
  title: 'Schedules, buses and queues start the functions that they should',
  group: 'its services',
  needs: ['functions'],
  async run(scene) {
    const deployed = await scene.functions();
    if (deployed.length === 0) return NONE;
    const session = await scene.open();
    const started = deployed.flatMap((fn) => (fn.rule ? [{ ...fn, rule: fn.rule }] : []));
    const [unreached, off] = await Promise.all([
      ruleProblems(session, started),
      switchedOff(session, deployed, (await scene.state()).state),
    ]);
    const found = [
      ...unreached.map((one) => fromProblem(one)),
      ...off.map(({ does, switchOn, ...one }): Finding => {
        const fix = does && switchOn ? { fix: { handling: 'ASK' as const, does, apply: switchOn } } : {};
        return { ...fromProblem(one), ...fix };
      }),
    ];
    const asleep = Object.keys((await scene.state()).state.pausedFunctions);
    const resting = asleep.length > 0 ? `; paused: ${asleep.join(', ')}` : '';
    return found.length > 0 ? found : ok(`${counted(deployed.length, 'function')}${resting}`);
  },
};

export const apiAnswers: Check = {
  id: 'api-answers',
  title: 'API Gateway gets an answer to every request, in time and in a form that it takes',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const stack = (await scene.stacks()).find(({ id }) => id === 'functions');
    const { looked, problems } = await apiFaults(await scene.open(), stack ? stackOutputs(stack.stack) : {});
    return looked === 0
      ? skipped('no API with a log of its requests is deployed')
      : told(problems, counted(looked, 'API'));
  },
};

const told = (problems: Parameters<typeof fromProblem>[0][], detail: string): Finding | Finding[] =>
  problems.length > 0 ? problems.map((problem) => fromProblem(problem)) : ok(detail);
