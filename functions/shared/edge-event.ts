/**
 * What Lambda@Edge hands to a function before the origin is asked, as far as ours read it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
 */
export interface EdgeRequestEvent {
  Records: [{ cf: { config: { requestId: string }; request: EdgeRequest } }];
}

export interface EdgeRequest {
  method: string;
  uri: string;
  querystring: string;
  headers: EdgeHeaders;
  /** Present when the function is associated with `IncludeBody`. */
  body?: { action: 'read-only' | 'replace'; data: string; encoding: 'base64' | 'text'; inputTruncated: boolean };
  origin?: { s3?: { domainName: string; path: string }; custom?: { domainName: string } };
}

/** By name in lower case. */
export type EdgeHeaders = Record<string, { key?: string; value: string }[]>;

/** An answer that the function gives itself; the origin is not asked. */
export interface EdgeResponse {
  status: string;
  statusDescription?: string;
  headers?: EdgeHeaders;
  body?: string;
  bodyEncoding?: 'text' | 'base64';
}
