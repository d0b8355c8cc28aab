/** It asks no database: one that is away for a minute does not make the pages bad. */
export const dynamic = 'force-dynamic';
export const GET = () => Response.json({ status: 'ok' });
