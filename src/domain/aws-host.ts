/** Domains under which AWS answers: https://docs.aws.amazon.com/general/latest/gr/rande.html */
const DOMAINS =
  /(^|\.)(amazonaws\.com|amazonaws\.com\.cn|api\.aws|on\.aws|api\.amazonwebservices\.com\.cn|amazonaws\.eu|aws\.amazon\.com|cloudfront\.net)\.?$/i;

export const isAwsHost = (host: string): boolean => DOMAINS.test(host);
