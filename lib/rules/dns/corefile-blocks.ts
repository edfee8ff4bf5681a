/** A line of a server block: the name of a plugin, and what follows it. */
export interface CorefilePlugin {
  readonly name: string;
  readonly args: readonly string[];
}

export interface ServerBlock {
  readonly keys: readonly ServerKey[];
  readonly plugins: readonly CorefilePlugin[];
}

export interface ServerKey {
  /** In lower case, without a dot at its end; empty for the root. */
  readonly zone: string;
  readonly port: string;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|#.*|[^\s"#]\S*/g;

/** The server blocks of a Corefile (coredns/caddy, caddyfile); undefined where it is not read to its end, or imports what is not there. */
export function serverBlocks(corefile: string): readonly ServerBlock[] | undefined {
  const blocks: ServerBlock[] = [];
  let keys: string[] = [];
  let plugins: CorefilePlugin[] = [];
  let depth = 0;
  for (const line of corefile.split('\n')) {
    const tokens = (line.match(TOKENS) ?? []).filter((token) => !token.startsWith('#'));
    if (tokens.length === 0) continue;
    // Of the branches of a template one is left.
    if (/^\{[{%]/.test(tokens[0])) return undefined;
    if (tokens[0] === '}') {
      depth -= 1;
      if (depth < 0 || tokens.length > 1) return undefined;
      if (depth > 0) continue;
      // A snippet, in parentheses, serves nothing by itself.
      if (!keys.some((key) => key.startsWith('('))) blocks.push({ keys: keys.map(serverKey), plugins });
      keys = [];
      plugins = [];
      continue;
    }
    const opens = tokens.at(-1) === '{';
    const words = opens ? tokens.slice(0, -1) : tokens;
    if (depth === 0) {
      if (words[0] !== 'import') keys.push(...words.map((word) => word.replace(/,$/, '')));
    } else if (depth === 1) plugins.push({ name: words[0] ?? '', args: words.slice(1) });
    if (opens) depth += 1;
  }
  return depth === 0 && keys.length === 0 ? blocks : undefined;
}

/** `dns://example.com:53`; the port is 53 where none is written. */
function serverKey(written: string): ServerKey {
  const [, zone, port = '53'] = /^(?:[a-z]+:\/\/)?(.*?)(?::([0-9]+))?$/.exec(written) ?? ['', written];
  return { zone: zoneOf(zone), port };
}

export function zoneOf(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Whether the name is that of the zone, or lies below it. */
export function isInZone(name: string, zone: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`);
}
