/** A step of a remedy, with what stands before it. */
interface RemedyStep {
  label: 'fix' | 'then' | 'or';
  text: string;
}

const JOINT = /[;,]? (then) (?=(?:platform|aws) )|(;) (?=--wait-anyway )/g;

/** The commands of a remedy, one by one: a line of two cannot be typed as it stands. */
export function remedySteps(remedy: string): RemedyStep[] {
  const steps: RemedyStep[] = [];
  let from = 0;
  let label: RemedyStep['label'] = 'fix';
  for (const { 0: joint, 1: then, index } of remedy.matchAll(JOINT)) {
    steps.push({ label, text: remedy.slice(from, index) });
    from = index + joint.length;
    label = then ? 'then' : 'or';
  }
  return [...steps, { label, text: remedy.slice(from) }];
}

/** Below each other, their colons in one column; as wide as `fix:` and one column more, for `then:`. */
export const remedyLines = (remedy: string, indent = '  '): string[] =>
  remedySteps(remedy).map(({ label, text }) => `${label.padStart(indent.length + 3)}: ${text}`);
