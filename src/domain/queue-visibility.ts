/** What Lambda's own guide advises; below the timeout itself, AWS refuses the trigger. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export const advisedVisibilitySeconds = ({
  timeoutSeconds,
  windowSeconds,
}: {
  timeoutSeconds: number;
  windowSeconds: number;
}): number => Math.min(43_200, timeoutSeconds * 6 + windowSeconds);
