/** What an alarm's rule says of one other alarm. */
export interface RuleAtom {
  state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';
  /** Name or ARN, as written. */
  alarm: string;
}

type Truth = (stateOf: (alarm: string) => string | undefined) => boolean;

export interface AlarmRule {
  atoms: RuleAtom[];
  holds: Truth;
}

/**
 * Reads `(ALARM(a) OR OK("b")) AND NOT TRUE`: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 * Undefined when it cannot be read.
 */
export function parseAlarmRule(text: string): AlarmRule | undefined {
  const tokens = text.match(/"[^"]*"|\(|\)|[^\s()"]+/g) ?? [];
  const atoms: RuleAtom[] = [];
  let position = 0;
  const next = () => tokens[position++];

  const either = (): Truth | undefined =>
    joined('OR', both, (left, right) => (states) => left(states) || right(states));
  const both = (): Truth | undefined =>
    joined('AND', single, (left, right) => (states) => left(states) && right(states));

  function joined(word: string, part: () => Truth | undefined, join: (left: Truth, right: Truth) => Truth) {
    let left = part();
    while (left && tokens[position]?.toUpperCase() === word) {
      position += 1;
      const right = part();
      left = right && join(left, right);
    }
    return left;
  }

  function single(): Truth | undefined {
    const token = next();
    switch (token?.toUpperCase()) {
      case 'TRUE':
        return () => true;
      case 'FALSE':
        return () => false;
      case 'NOT': {
        const inner = single();
        return inner && ((states) => !inner(states));
      }
      case '(': {
        const inner = either();
        return next() === ')' ? inner : undefined;
      }
      case 'ALARM':
      case 'OK':
      case 'INSUFFICIENT_DATA': {
        if (next() !== '(') return undefined;
        const alarm = next()?.replaceAll('"', '') ?? '';
        if (alarm === '' || next() !== ')') return undefined;
        const state = token!.toUpperCase() as RuleAtom['state'];
        atoms.push({ state, alarm });
        return (states) => states(alarm) === state;
      }
      default:
        return undefined;
    }
  }

  const holds = either();
  return holds && position === tokens.length ? { atoms, holds } : undefined;
}
