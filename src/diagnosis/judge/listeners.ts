/** Where a program says that it takes connections. */
export interface Listener {
  address: string;
  port: number;
  /** Reached from inside the container alone. */
  local: boolean;
  line: string;
}

/** Words of servers when they begin: Node, gunicorn, uvicorn, Django, Rails, Next.js, Go, Java. */
const BEGINS =
  /\b(?:listen(?:ing|s)?|running (?:on|at)|started (?:on|at|server)|ready (?:on|at)|serving|bound to|starting development server|server (?:is )?(?:up|at)|local:)/i;

/** Doors that a program has beside the one for its visitors. */
const ASIDE = /debugger|inspector|metrics|prometheus|admin|actuator|profil/i;

const ADDRESS = /(?:https?:\/\/|tcp:\/\/|\b)(0\.0\.0\.0|127\.0\.0\.1|localhost|\[::1?\]|::1?|\*):(\d{2,5})\b/i;
const PORT = /\bport\(?s?\)?[ :=]*(\d{2,5})\b/i;

/** Newest line last, as in the log. */
export function listenersIn(lines: readonly string[]): Listener[] {
  return lines.flatMap((line) => {
    if (!BEGINS.test(line) || ASIDE.test(line)) return [];
    const [, address, port] = ADDRESS.exec(line) ?? [];
    if (address !== undefined)
      return [{ address, port: Number(port), local: /^(127\.0\.0\.1|localhost|\[?::1\]?)$/i.test(address), line }];
    const [, alone] = PORT.exec(line) ?? [];
    return alone === undefined ? [] : [{ address: 'any', port: Number(alone), local: false, line }];
  });
}
