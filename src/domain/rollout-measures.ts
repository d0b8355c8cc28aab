export interface RolloutMeasure {
  measure: 'error-rate' | 'errors' | 'throttles' | 'duration-p99';
  /** A preset's threshold in the unit of the measure. */
  scaled(threshold: number, timeoutSeconds: number): number;
}

const asItIs = (threshold: number): number => threshold;

/** What alarm presets mean for the new version of a function while traffic moves to it. */
const MEASURES: Readonly<Record<string, RolloutMeasure>> = {
  'error-rate': { measure: 'error-rate', scaled: asItIs },
  'function-error-rate': { measure: 'error-rate', scaled: asItIs },
  'function-errors': { measure: 'errors', scaled: asItIs },
  'function-throttles': { measure: 'throttles', scaled: asItIs },
  // Lambda counts in milliseconds.
  'latency-p99': { measure: 'duration-p99', scaled: (seconds) => seconds * 1000 },
  'function-duration': {
    measure: 'duration-p99',
    scaled: (percent, timeoutSeconds) => percent * timeoutSeconds * 10,
  },
};

export const ROLLOUT_PRESETS: readonly string[] = Object.keys(MEASURES);

/** Undefined for a preset that says nothing about a function. */
export const rolloutMeasure = (preset: string): RolloutMeasure | undefined =>
  Object.hasOwn(MEASURES, preset) ? MEASURES[preset] : undefined;
