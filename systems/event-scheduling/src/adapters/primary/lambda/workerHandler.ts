interface QueueEvent {
  Records: { messageId: string; body: string }[];
}

/** Delivers each event, and answers with those that it could not, so that only they come again. */
export const handler = async ({ Records }: QueueEvent): Promise<unknown> => {
  const failed: string[] = [];
  for (const { messageId, body } of Records) {
    const { due } = JSON.parse(body) as { due?: string };
    if (due === undefined) failed.push(messageId);
    else console.log(JSON.stringify({ message: 'delivered', id: messageId, due }));
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
