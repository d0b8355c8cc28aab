/** The failures that a `--json` document names, wherever it does, each once and in order. */
export function foundFailures(document: unknown): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const one of value) visit(one);
      return;
    }
    // What is only possible is not named as a cause.
    const named = (value as { certainty?: string }).certainty !== 'possible';
    for (const [key, one] of Object.entries(value)) {
      if (!named || !NAMING.has(key) || typeof one !== 'string') continue;
      if (/^F-\d{2,3}$/.test(one)) found.add(one);
      if (Object.hasOwn(ERRORS, one)) found.add(ERRORS[one]!);
    }
    for (const one of Object.values(value)) {
      visit(one);
    }
  };
  visit(document);
  return [...found].sort();
}

/** Errors of ours that tell of one failure and of no other. */
const ERRORS: Readonly<Record<string, string>> = {
  'aws-access-denied': 'F-16',
  'aws-keys-unknown': 'F-33',
  'aws-session-expired': 'F-30',
  'aws-signature-rejected': 'F-34',
  'aws-throttled': 'F-18',
  'deploy-unattended': 'F-30',
  'task-no-room': 'F-55',
  'task-over-quota': 'F-56',
};

/** The members that name a failure: of problems, of causes, and of checks. */
const NAMING = new Set(['rule', 'id', 'failure']);
