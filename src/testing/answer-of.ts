interface SentError {
  name: string;
  message: string;
  $metadata?: { httpStatusCode?: number };
}

export interface Refusal {
  refused: { code: string; message: string; status: number | undefined };
}

/** What a call answered: its output without `$metadata`, or how it was refused. */
export async function answerOf<Output extends { $metadata?: unknown }>(
  sent: Promise<Output>,
): Promise<Omit<Output, '$metadata'> | Refusal> {
  try {
    const { $metadata: _, ...output } = await sent;
    return output;
  } catch (thrown) {
    const { name, message, $metadata } = thrown as SentError;
    if ($metadata?.httpStatusCode === undefined) throw thrown;
    return { refused: { code: name, message, status: $metadata.httpStatusCode } };
  }
}

/** The refusal that a test expects. */
export const refusal = (code: string, message: string, status = 400): Refusal => ({
  refused: { code, message, status },
});
