/** Regions with AWS's own words for them. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const REGION_NAMES: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'af-south-1': 'Africa (Cape Town)',
  'ap-east-1': 'Asia Pacific (Hong Kong)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'ap-northeast-3': 'Asia Pacific (Osaka)',
  'ap-south-1': 'Asia Pacific (Mumbai)',
  'ap-south-2': 'Asia Pacific (Hyderabad)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
  'ap-southeast-3': 'Asia Pacific (Jakarta)',
  'ap-southeast-4': 'Asia Pacific (Melbourne)',
  'ap-southeast-5': 'Asia Pacific (Malaysia)',
  'ap-southeast-7': 'Asia Pacific (Thailand)',
  'ca-central-1': 'Canada (Central)',
  'ca-west-1': 'Canada West (Calgary)',
  'eu-central-1': 'Europe (Frankfurt)',
  'eu-central-2': 'Europe (Zurich)',
  'eu-north-1': 'Europe (Stockholm)',
  'eu-south-1': 'Europe (Milan)',
  'eu-south-2': 'Europe (Spain)',
  'eu-west-1': 'Europe (Ireland)',
  'eu-west-2': 'Europe (London)',
  'eu-west-3': 'Europe (Paris)',
  'il-central-1': 'Israel (Tel Aviv)',
  'me-central-1': 'Middle East (UAE)',
  'me-south-1': 'Middle East (Bahrain)',
  'mx-central-1': 'Mexico (Central)',
  'sa-east-1': 'South America (Sao Paulo)',
};

/** Regions every account has; the others are switched on by hand. */
export const ALWAYS_ON: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
]);

/**
 * Letter to zone number, where it is not a→1, b→2, c→3. Letters are shuffled per account; us-east-1's a and b are as in
 * the recordings, zones that new accounts do not get are left out.
 */
const ZONES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'us-east-1': { a: 6, b: 1, c: 2, d: 4, e: 3, f: 5 },
  'us-west-1': { a: 1, c: 3 },
  'us-west-2': { a: 1, b: 2, c: 3, d: 4 },
  'ap-northeast-1': { a: 4, c: 1, d: 2 },
  'ap-northeast-2': { a: 1, b: 2, c: 3, d: 4 },
  'ca-central-1': { a: 1, b: 2, d: 4 },
};

export interface Zone {
  name: string;
  id: string;
}

/** The availability zones of a region, by letter. A region nobody knows has three. */
export function zonesOf(region: string): Zone[] {
  const numbers = ZONES[region] ?? { a: 1, b: 2, c: 3 };
  return Object.entries(numbers).map(([letter, number]) => ({
    name: `${region}${letter}`,
    id: `${shortName(region)}-az${number}`,
  }));
}

/** `us-east-1` is `use1`, `ap-southeast-2` is `apse2`. */
function shortName(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-').slice(-3);
  const compass = direction.replace(
    /^(north|south)(east|west)$/,
    (_, first: string, second: string) => first[0]! + second[0]!,
  );
  return `${area}${compass.length === 2 ? compass : compass.slice(0, 1)}${number}`;
}
