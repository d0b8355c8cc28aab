/** What may be told of an error: its kind and its sentence. Details of PostgreSQL quote rows, and those of URLs quote passwords. */
export function errorFields(error: unknown): { error: string; code?: string; errorMessage: string } {
  if (!(error instanceof Error)) return { error: typeof error, errorMessage: 'something that is no error was thrown' };
  const { code, errors } = error as { code?: unknown; errors?: unknown[] };
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    // Several addresses were tried and none answered: the sentence stands in the parts.
    errorMessage: error.message || String(errors?.[0] ?? error.name),
  };
}
