/**
 * What CloudFront hands to a function that sees requests as viewers sent them.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export interface ViewerRequestEvent {
  request: ViewerRequest;
}

export interface ViewerRequest {
  method: string;
  uri: string;
  /** By name in lower case. */
  headers: Record<string, { value: string } | undefined>;
}
