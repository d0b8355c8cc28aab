/** The container beside every traced service, as infra makes it: no other may have its name or one of its ports. */
export const COLLECTOR = { name: 'trace-collector', ports: [2000, 4317, 4318, 13133] } as const;

/** MiB that a service needs beside it to be worth starting. */
export const LEFT_FOR_SERVICE = 128;
