import { outputs } from '../../../infra/outputs.ts';
import type { OutputsOf } from '../../release/task-network.ts';

/** A function as its stack tells of it. */
export interface DeployedFunction {
  /** As platform.yaml calls it. */
  name: string;
  functionName: string;
  /** That the alias is to point to. */
  version: string;
  logGroup: string | undefined;
  /** UUID of what reads its queue. */
  queueReader: string | undefined;
  /** The rule of its schedule or bus, or its schedule by the clock of a time zone. */
  rule: { name: string; bus: string | undefined; scheduler?: true } | undefined;
}

const { functions: told } = outputs;
/** Every such name begins an output's name, and what follows is the block. */
const FIRST = told.functionName('');

/**
 * The functions that stand, whatever the configuration says by now. `names` are those of the configuration: the name of
 * an output alone does not always tell its block's.
 */
export function deployedFunctions(outputsOf: OutputsOf, names: readonly string[]): DeployedFunction[] {
  const values = outputsOf('functions');
  return Object.keys(values)
    .filter((output) => output.startsWith(FIRST))
    .sort()
    .map((output) => {
      const block = output.slice(FIRST.length);
      const name = names.find((one) => told.functionName(one) === output) ?? kebab(block);
      const rule = values[`${told.functionRule('')}${block}`];
      const schedule = values[`${told.functionSchedule('')}${block}`];
      return {
        name,
        functionName: values[output]!,
        version: values[`${told.functionVersion('')}${block}`] ?? '',
        logGroup: values[`${told.functionLogGroup('')}${block}`],
        queueReader: values[`${told.functionQueueReader('')}${block}`],
        rule:
          schedule !== undefined
            ? { name: schedule, bus: undefined, scheduler: true }
            : rule === undefined
              ? undefined
              : ruleOf(rule),
      };
    });
}

const kebab = (block: string): string => block.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

/** `Ref` of a rule is its name, on a bus of one's own after the bus and a bar. */
function ruleOf(ref: string): DeployedFunction['rule'] {
  const [first = '', second] = ref.split('|');
  return second === undefined ? { name: first, bus: undefined } : { name: second, bus: first };
}
