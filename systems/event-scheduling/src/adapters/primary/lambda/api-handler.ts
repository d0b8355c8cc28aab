interface ProxyEvent {
  httpMethod: string;
  path: string;
  body: string | null;
  requestContext: { authorizer?: Readonly<Record<string, unknown>> };
}

const answer = (statusCode: number, body: unknown) => ({ statusCode, body: JSON.stringify(body) });

/** Who asks is what the authorizer has found in the token. */
export const handler = async ({ httpMethod, path, body, requestContext }: ProxyEvent): Promise<unknown> => {
  const userId = requestContext.authorizer?.userId;
  if (path !== '/user') return answer(404, { message: `There is no ${path}` });
  if (httpMethod === 'POST') return answer(201, { userId, ...(JSON.parse(body ?? '{}') as object) });
  return answer(200, { userId });
};
