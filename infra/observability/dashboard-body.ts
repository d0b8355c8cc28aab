import type { AppSettings } from '../settings.ts';
import type { Metric, Watched } from './watched.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export interface DashboardBody {
  start: string;
  widgets: object[];
}

interface Chart {
  title: string;
  metrics: readonly (readonly [label: string, metric: Metric])[];
}

const WIDTH = 24;
const HEIGHT = 6;

/** One row for each thing that runs: what it does, how fast, and what it is short of. */
export function operationsBody(watched: readonly Watched[], settings: AppSettings): DashboardBody {
  const rows = watched.map((of) => ({
    title: `${of.kind.replace('-', ' ')} ${of.name}`,
    charts: chartsOf(of),
    accessLog: of.accessLog,
  }));
  let y = 0;
  const widgets = rows.flatMap(({ title, charts, accessLog }) => {
    const width = Math.floor(WIDTH / (charts.length + (accessLog === undefined ? 0 : 1)));
    const at = (index: number) => ({ x: index * width, y: y + 1, width });
    const row = [
      { type: 'text', x: 0, y, width: WIDTH, height: 1, properties: { markdown: `## ${title}` } },
      ...charts.map((chart, index) => graph(chart, settings, at(index))),
      ...(accessLog === undefined ? [] : [sizes(accessLog(), settings, at(charts.length))]),
    ];
    y += HEIGHT + 1;
    return row;
  });
  return { start: '-PT3H', widgets };
}

function chartsOf({ kind, metrics }: Watched): Chart[] {
  const chart = (title: string, ...names: string[]): Chart[] => {
    const there = names.flatMap((name) => (metrics[name] ? ([[name, metrics[name]]] as const) : []));
    return there.length > 0 ? [{ title, metrics: there }] : [];
  };
  switch (kind) {
    case 'service':
      return [
        ...chart('Requests and errors', 'requests', 'errors', 'refusals'),
        ...chart('Seconds to answer', 'median', 'latency'),
        ...chart('CPU and memory, percent', 'cpu', 'memory'),
        ...chart('Healthy tasks', 'healthy'),
      ];
    case 'api':
      return [
        ...chart('Requests and errors', 'requests', 'errors', 'refusals'),
        ...chart('Milliseconds to answer', 'median', 'latency', 'integration'),
      ];
    case 'function':
      return [
        ...chart('Invocations and errors', 'invocations', 'failures', 'throttles'),
        ...chart('Longest, milliseconds', 'duration'),
        ...chart('At the same time', 'concurrent'),
        ...chart('Events that never came', 'undelivered'),
      ];
    case 'scheduled-task':
      return chart('Runs that began, and that could not', 'starts', 'unstarted');
    case 'database':
      return [
        ...chart('CPU, percent', 'cpu'),
        ...chart('Connections', 'connections'),
        ...chart('Capacity units', 'capacity'),
        ...chart('Free bytes', 'storage'),
        ...chart('Seconds per read and write', 'reads', 'writes'),
      ];
    default:
      return [...chart('Messages that wait', 'depth', 'sent'), ...chart('Seconds of the oldest', 'age')];
  }
}

function graph(
  { title, metrics }: Chart,
  { region }: AppSettings,
  { x, y, width }: { x: number; y: number; width: number },
): object {
  return {
    type: 'metric',
    x,
    y,
    width,
    height: HEIGHT,
    properties: {
      title,
      region,
      view: 'timeSeries',
      stacked: false,
      period: 60,
      metrics: metrics.flatMap(([label, { namespace, name, dimensions, statistic, also }]) =>
        [dimensions, ...(also ? [also] : [])].map((of, index) => [
          namespace,
          name,
          ...Object.entries(of).flat(),
          { label: index === 0 ? label : `${label} (alternate)`, stat: statistic },
        ]),
      ),
    },
  };
}

/** How large answers are, which is what traffic is paid for: API Gateway measures it nowhere else (S4-88). */
function sizes(
  group: string,
  { region }: AppSettings,
  { x, y, width }: { x: number; y: number; width: number },
): object {
  const query = [
    `SOURCE '${group}'`,
    'filter ispresent(responseLength)',
    'stats pct(responseLength, 50) as median, pct(responseLength, 99) as p99, max(responseLength) as largest by bin(5m)',
  ].join(' | ');
  const properties = { title: 'Bytes of answers', region, view: 'timeSeries', stacked: false, query };
  return { type: 'log', x, y, width, height: HEIGHT, properties };
}

/** What the application says of itself (S4-155). */
export function businessBody(settings: AppSettings): DashboardBody {
  const perRow = 2;
  const width = WIDTH / perRow;
  return {
    start: '-P1D',
    widgets: settings.observability.customMetrics.map(({ namespace, name, title }, index) =>
      graph({ title, metrics: [[name, { namespace, name, dimensions: {}, statistic: 'Sum' }]] }, settings, {
        x: (index % perRow) * width,
        y: Math.floor(index / perRow) * HEIGHT,
        width,
      }),
    ),
  };
}

/** Billing is measured in us-east-1 alone, four times a day, and only where somebody has switched it on (F-147). */
export function costBody(): DashboardBody {
  const billing = { region: 'us-east-1', view: 'timeSeries', period: 21_600 };
  const search = "SEARCH('{AWS/Billing,Currency,ServiceName} MetricName=\"EstimatedCharges\"', 'Maximum', 21600)";
  return {
    start: '-P30D',
    widgets: [
      {
        type: 'text',
        x: 0,
        y: 0,
        width: WIDTH,
        height: 2,
        properties: {
          markdown:
            'Charges of the whole account since the first of the month, in USD. Empty until billing alerts are switched on in the billing preferences of the account.',
        },
      },
      {
        type: 'metric',
        x: 0,
        y: 2,
        width: WIDTH / 2,
        height: HEIGHT,
        properties: {
          ...billing,
          title: 'Account',
          stacked: false,
          metrics: [['AWS/Billing', 'EstimatedCharges', 'Currency', 'USD', { stat: 'Maximum' }]],
        },
      },
      {
        type: 'metric',
        x: WIDTH / 2,
        y: 2,
        width: WIDTH / 2,
        height: HEIGHT,
        properties: {
          ...billing,
          title: 'By service',
          stacked: true,
          metrics: [[{ expression: search, id: 'services', label: '' }]],
        },
      },
    ],
  };
}
