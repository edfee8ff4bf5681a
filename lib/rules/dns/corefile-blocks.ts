/** A line of a server block, or of the body of a plugin: a name, and what follows it. */
export interface CorefileLine {
  readonly name: string;
  readonly args: readonly string[];
  /** Which line of the text it is, counted from 0. */
  readonly line: number;
}

export interface CorefilePlugin extends CorefileLine {
  /** The lines between its braces. */
  readonly body: readonly CorefileLine[];
}

export interface ServerBlock {
  readonly keys: readonly ServerKey[];
  readonly plugins: readonly CorefilePlugin[];
  readonly line: number;
}

export interface ServerKey {
  /** In lower case, without a dot at its end; empty for the root. */
  readonly zone: string;
  readonly port: string;
}

/** What keeps a Corefile from being read to its end. */
export interface BrokenCorefile {
  readonly line: number;
  readonly message: string;
  readonly help: string;
}

export interface Corefile {
  readonly blocks: readonly ServerBlock[];
  /** Plugins of snippets, `(name) { … }`, which serve nothing by themselves. */
  readonly snippets: readonly CorefilePlugin[];
}

const TOKENS = /"(?:[^"\\]|\\.)*"|#.*|[^\s"#]\S*/g;

const NOTHING: Corefile = { blocks: [], snippets: [] };

/** A block that is open: a server block, a plugin, or one inside of a plugin. */
interface Open {
  readonly line: number;
  readonly words: readonly string[];
  readonly plugins: CorefilePlugin[];
}

/**
 * Reads a Corefile (coredns/caddy, caddyfile) line by line. One that is a template is left unread, as is a block on one line, of which
 * a plugin reads less than one would think.
 */
export function readCorefile(text: string): Corefile | BrokenCorefile {
  const blocks: ServerBlock[] = [];
  const snippets: CorefilePlugin[] = [];
  let open: Open | undefined;
  let keys: string[] = [];
  const inner: number[] = [];
  let body: CorefileLine[] = [];
  for (const [line, content] of text.split('\n').entries()) {
    const tokens = (content.match(TOKENS) ?? []).filter((token) => !token.startsWith('#'));
    if (tokens.length === 0) continue;
    // Of the branches of a template one is left.
    if (/^\{[{%]/.test(tokens[0])) return NOTHING;
    if (tokens[0] === '}') {
      if (tokens.length > 1) return NOTHING;
      if (open === undefined)
        return {
          line,
          message: 'there is a } without a {',
          help: 'CoreDNS does not start: remove it, or the } before it',
        };
      if (inner.length > 0) {
        inner.pop();
        continue;
      }
      if (open.words.some((key) => key.startsWith('('))) snippets.push(...open.plugins);
      else blocks.push({ keys: open.words.map(serverKey), plugins: open.plugins, line: open.line });
      open = undefined;
      continue;
    }
    const opens = tokens.at(-1) === '{';
    const words = opens ? tokens.slice(0, -1) : tokens;
    if (words.includes('{') || words.includes('}')) return NOTHING;
    const [name = '', ...args] = words;
    if (open === undefined) {
      if (name === 'import') continue;
      keys.push(...words.map((word) => word.replace(/,$/, '')));
      if (!opens) continue;
      open = { line, words: keys, plugins: [] };
      keys = [];
      continue;
    }
    if (inner.length === 0) {
      body = [];
      open.plugins.push({ name, args, line, body });
    } else if (inner.length === 1) body.push({ name, args, line });
    if (opens) inner.push(line);
  }
  if (open === undefined) return keys.length === 0 ? { blocks, snippets } : NOTHING;
  return {
    line: inner.at(-1) ?? open.line,
    message: `the { of this line has no }`,
    help: 'CoreDNS does not start ("unexpected EOF, expecting \'}\'"): close the block',
  };
}

/** The server blocks of a Corefile; undefined where it is not read to its end. */
export function serverBlocks(text: string): readonly ServerBlock[] | undefined {
  const read = readCorefile(text);
  return 'blocks' in read ? read.blocks : undefined;
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
