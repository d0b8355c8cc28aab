interface StatementPosition {
  StartPosition: { Line: number; Column: number };
  EndPosition: { Line: number; Column: number };
}

/**
 * Where each statement of a policy stands in its text. Lines count from one; a column is the number of characters
 * before it plus one (recording TestIAMIntegrations::test_simulate_principle_policy).
 */
export function statementPositions(document: string): StatementPosition[] {
  const start = document.indexOf('"Statement"');
  const positions: StatementPosition[] = [];
  let depth = 0;
  let from = 0;
  let inString = false;
  for (let index = start + '"Statement"'.length; index < document.length; index += 1) {
    const char = document[index];
    if (inString) {
      if (char === '\\') index += 1;
      else if (char === '"') inString = false;
      continue;
    }
    if (char === '"') inString = true;
    else if (char === '{') {
      if (depth === 0) from = index;
      depth += 1;
    } else if (char === '}') {
      if (depth === 0) break;
      depth -= 1;
      if (depth === 0)
        positions.push({ StartPosition: position(document, from), EndPosition: position(document, index + 1) });
    } else if (char === ']' && depth === 0) break;
  }
  return positions;
}

function position(document: string, index: number): { Line: number; Column: number } {
  const before = document.slice(0, index).split('\n');
  return { Line: before.length, Column: before.at(-1)!.length + 1 };
}
