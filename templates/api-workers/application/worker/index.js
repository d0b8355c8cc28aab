/** Answers only those messages that failed, so that the queue brings no other again; after its `maxReceive` they are dead letters. */
export async function handler({ Records }) {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    try {
      await work(JSON.parse(body));
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', message: error.message, messageId }));
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

/** Yours. A queue may bring a job twice, so it must do no harm to do it twice. */
async function work({ id, kind }) {
  console.log(JSON.stringify({ level: 'info', message: 'done', id, kind }));
}
