/** How a call was refused: status, code, message and the fields that came with them. Throws when it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await call.then(
    () => undefined,
    (thrown: Error & { $metadata?: { httpStatusCode?: number } }) => thrown,
  );
  if (!error) throw new Error('the call was not refused');
  if (!error.$metadata?.httpStatusCode) throw error;
  const {
    $metadata,
    $fault: _,
    $response: __,
    Error: ___,
    RequestId: ____,
    HostId: _____,
    ...fields
  } = error as unknown as Record<string, unknown> & { $metadata: { httpStatusCode: number } };
  return { status: $metadata.httpStatusCode, ...fields, Code: error.name, Message: error.message };
}
