/** What an operation gives back: the SDK's output without the part that the wire adds. */
export type Answer<Output> = Omit<Output, '$metadata'>;
