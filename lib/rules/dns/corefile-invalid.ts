import { cidrHas, formatAddress, type IpAddress } from '../../address';
import {
  clusterDnsService,
  LINK_LOCAL,
  concat,
  flatMap,
  type ModelObject,
  type NetworkModel,
  readIpAddress,
} from '../../model';
import { nearestWord } from '../../plan';
import type { NetworkRule } from '../network-rule';
import { argumentProblems } from './corefile-arguments';
import { type CorefilePlugin, isInZone, type ServerBlock, zoneOf } from './corefile-blocks';
import { PLUGIN_NAMES, PROPERTIES, REMOVED_PLUGINS, REMOVED_PROPERTIES } from './corefile-plugins';
import type { CorefileProblem } from './corefile-problem';
import { type CorefileText, corefileTexts } from './corefile-texts';
import { hiddenFromKubernetes } from './corefile-order';

/** Their setup functions return ErrOnce: "this plugin can only be used once per Server Block". */
const ONCE: ReadonlySet<string> = new Set([
  'cache',
  'dnssec',
  'errors',
  'grpc',
  'hosts',
  'kubernetes',
  'loop',
  'nsid',
  'pprof',
  'prometheus',
  'ready',
  'shed',
  'tsig',
  'view',
]);
const REVERSE_ZONE = /(^|\.)(in-addr|ip6)\.arpa$/;

/** CoreDNS of coredns/coredns: core/dnsserver/register.go, plugin/kubernetes/setup.go, and the manuals of `loop` and `forward`. */
export const corefileInvalid: NetworkRule = {
  code: 'NL312',
  slug: 'corefile-invalid',
  severity: 'error',
  layer: 'object',
  title: 'CoreDNS does not start with its Corefile, asks itself, or never answers for the cluster',
  check(model, report) {
    for (const texts of corefileTexts(model)) {
      // Server blocks of several files are served together.
      const all = flatMap(texts, ({ blocks }) => blocks);
      for (const text of texts) {
        const own = ownAddresses(model, text.object);
        for (const { textLine, ...problem } of concat(
          text.broken,
          pluginsProblems(text),
          blocksProblems(text, all, own),
        )) {
          report({
            on: text.object,
            field: text.field,
            ...(textLine !== undefined && { part: { textLine: textLine + text.firstLine } }),
            ...problem,
          });
        }
      }
    }
  },
};

function blocksProblems(
  { blocks }: CorefileText,
  all: readonly ServerBlock[],
  own: readonly string[],
): readonly CorefileProblem[] {
  return concat(
    flatMap(blocks, (block) =>
      concat(repeated(block), hiddenFromKubernetes(block), unansweredZones(block, all), forwardProblems(block)),
    ),
    asksItself(blocks, own),
    servedTwice(blocks, all),
  );
}

function pluginsProblems({ blocks, snippets }: CorefileText): readonly CorefileProblem[] {
  return flatMap(
    concat(
      snippets,
      flatMap(blocks, ({ plugins }) => plugins),
    ),
    (plugin) => {
      const unknown = unknownPlugin(plugin);
      if (unknown !== undefined) return [unknown];
      const wrong = argumentProblems(plugin).map(({ line, ...problem }) => ({ textLine: line, ...problem }));
      return concat(wrong, unknownProperties(plugin));
    },
  );
}

function unknownPlugin({ name, line }: CorefilePlugin): CorefileProblem | undefined {
  if (PLUGIN_NAMES.has(name) || isFilledIn(name)) return undefined;
  const removed = REMOVED_PLUGINS.get(name);
  if (removed !== undefined) {
    return {
      textLine: line,
      message: `CoreDNS has had no plugin ${name} since ${removed.since}`,
      help: `CoreDNS does not start: ${removed.help}`,
    };
  }
  const meant = nearestWord(name, [...PLUGIN_NAMES]);
  return {
    textLine: line,
    // An image may be built with others.
    ...(meant === null && { severity: 'warning' as const }),
    message: `CoreDNS has no plugin ${name}`,
    help:
      meant === null
        ? 'CoreDNS does not start, unless its image is built with this plugin: use one of the plugins of CoreDNS otherwise'
        : `CoreDNS does not start: did you mean ${meant}?`,
  };
}

function unknownProperties({ name, body }: CorefilePlugin): readonly CorefileProblem[] {
  const known = PROPERTIES.get(name);
  if (known === undefined) return [];
  return flatMap(body, ({ name: property, line }): readonly CorefileProblem[] => {
    if (known.includes(property) || isFilledIn(property)) return [];
    const removed = REMOVED_PROPERTIES.get(`${name} ${property}`);
    const meant = nearestWord(property, known);
    return [
      {
        textLine: line,
        // Newer versions may have more.
        ...(removed === undefined && meant === null && { severity: 'warning' as const }),
        message:
          removed === undefined
            ? `the plugin ${name} has no property ${property}`
            : `the plugin ${name} has had no property ${property} since CoreDNS ${removed.since}`,
        help: `CoreDNS does not start: ${removed?.help ?? (meant === null ? `use ${known.join(', ')}` : `did you mean ${meant}?`)}`,
      },
    ];
  });
}

function repeated({ keys, plugins }: ServerBlock): readonly CorefileProblem[] {
  const names = plugins.map(({ name }) => name);
  return [...new Set(names)]
    .filter((name) => ONCE.has(name) && names.indexOf(name) !== names.lastIndexOf(name))
    .map((name) => ({
      textLine: plugins[names.lastIndexOf(name)].line,
      message: `the plugin ${name} is there twice in the server block ${blockText(keys)}`,
      help:
        name === 'kubernetes'
          ? 'CoreDNS does not start: list all zones behind one kubernetes, or give the other one a server block of its own'
          : 'CoreDNS does not start: make one of them',
    }));
}

/** plugin/forward: `max` in setup.go; plugin/pkg/parse: HostPortOrFile. */
const MOST_SERVERS = 15;
/** A file of name servers, a server with its transport, or what is filled in later. */
const UNREAD_SERVER = /^[./]|^(?:tls|https|grpc|quic|doq):\/\/|[{}$]|__/;

function forwardProblems({ keys, plugins }: ServerBlock): readonly CorefileProblem[] {
  return flatMap(plugins, ({ name, args, line: textLine }): readonly CorefileProblem[] => {
    if (name !== 'forward') return [];
    const servers = args.slice(1);
    const block = blockText(keys);
    if (servers.length === 0) {
      return [
        {
          textLine,
          message: `the server block ${block} forwards to no name server`,
          help: 'CoreDNS does not start: give the addresses of name servers, or /etc/resolv.conf',
        },
      ];
    }
    return concat(
      servers
        .filter((server) => !UNREAD_SERVER.test(server) && addressOf(server) === undefined)
        .map((server) => ({
          textLine,
          message: `the server block ${block} forwards to ${server}, which is neither an address nor a file`,
          help: 'CoreDNS does not start: give the address of a name server, with its port if that is not 53',
        })),
      servers.length > MOST_SERVERS
        ? [
            {
              textLine,
              message: `the server block ${block} forwards to ${servers.length} name servers, and CoreDNS takes at most ${MOST_SERVERS}`,
              help: 'CoreDNS does not start: leave some out',
            },
          ]
        : [],
    );
  });
}

/** The server block with the longest zone around a name answers it. */
function unansweredZones(block: ServerBlock, blocks: readonly ServerBlock[]): readonly CorefileProblem[] {
  const plugin = block.plugins.find(({ name }) => name === 'kubernetes');
  if (plugin === undefined) return [];
  const zones = plugin.args.length > 0 ? plugin.args.map(zoneOf) : block.keys.map(({ zone }) => zone);
  if (zones.some(isUnread)) return [];
  if (zones.every((zone) => REVERSE_ZONE.test(zone))) {
    return [
      {
        textLine: plugin.line,
        message: `the plugin kubernetes has no zone but those of addresses: ${zones.join(', ')}`,
        help: 'CoreDNS does not start: name the domain of the cluster first, such as cluster.local',
      },
    ];
  }
  if (block.keys.some(({ zone }) => isUnread(zone))) return [];
  return flatMap(zones, (zone) => {
    const around = block.keys.filter((key) => isInZone(zone, key.zone));
    if (around.length === 0) {
      // Of a larger zone it answers what the server block is asked for.
      if (block.keys.some((key) => isInZone(key.zone, zone))) return [];
      return [
        {
          textLine: plugin.line,
          severity: 'warning' as const,
          message: `the plugin kubernetes is to answer for ${zone}, and the server block is asked for ${blockText(block.keys)} alone`,
          help: `add ${zone} to the zones before the brace`,
        },
      ];
    }
    const longest = Math.max(...around.map((key) => key.zone.length));
    const taker = flatMap(blocks, (other) => (other === block || isFiltered(other) ? [] : other.keys)).find(
      (key) => key.zone.length > longest && isInZone(zone, key.zone) && around.some(({ port }) => port === key.port),
    );
    if (taker === undefined) return [];
    return [
      {
        textLine: plugin.line,
        severity: 'warning' as const,
        message: `the server block ${blockText([taker])} answers for ${zone}, and not the plugin kubernetes of ${blockText(block.keys)}`,
        help: 'the longest zone around a name wins: take the server block out, or put the plugin into it',
      },
    ];
  });
}

/** "cannot serve dns://.:53 - it is already defined" */
function servedTwice(blocks: readonly ServerBlock[], all: readonly ServerBlock[]): readonly CorefileProblem[] {
  const before = all.slice(0, all.indexOf(blocks[0]));
  const served = new Set(flatMap(before.filter(isAlone), keyTexts));
  return flatMap(blocks.filter(isAlone), (block) =>
    flatMap(keyTexts(block), (key): readonly CorefileProblem[] => {
      if (!served.has(key)) {
        served.add(key);
        return [];
      }
      return [
        {
          textLine: block.line,
          message: `two server blocks are for ${key}`,
          help: 'CoreDNS does not start: put their plugins into one',
        },
      ];
    }),
  );
}

function isAlone(block: ServerBlock): boolean {
  return !isFiltered(block);
}

function keyTexts({ keys }: ServerBlock): readonly string[] {
  return keys.map((key) => blockText([key]));
}

/** Other addresses, or other clients, may have the same zones. */
function isFiltered({ plugins }: ServerBlock): boolean {
  return plugins.some(({ name }) => name === 'bind' || name === 'view');
}

/** One problem for each server that is asked, however many server blocks ask it. */
function asksItself(blocks: readonly ServerBlock[], own: readonly string[]): readonly CorefileProblem[] {
  const loops = flatMap(blocks, (block) => loopsOf(block, own));
  return loops
    .filter(({ target }, index) => loops.findIndex((other) => other.target === target) === index)
    .map(({ block, target }) => {
      const same = loops.filter((other) => other.target === target);
      const more = same.length === 1 ? '' : ` and ${same.length - 1} more`;
      const stops = same.some((other) => other.stops);
      return {
        textLine: same[0].line,
        ...(!stops && { severity: 'warning' as const }),
        message: `the server block ${blockText(block.keys)}${more} forwards to ${target}, which is CoreDNS itself`,
        help: `${stops ? 'the plugin loop ends the process' : 'lookups go around in circles'}: forward to /etc/resolv.conf, or to name servers outside of the cluster`,
      };
    });
}

interface ForwardLoop {
  readonly block: ServerBlock;
  readonly target: string;
  readonly line: number;
  /** The plugin `loop` asks for a name of the server block, and sees it again. */
  readonly stops: boolean;
}

function loopsOf(block: ServerBlock, own: readonly string[]): readonly ForwardLoop[] {
  const bound = flatMap(block.plugins, ({ name, args }) => (name === 'bind' ? args : []));
  const listening = new Set(bound.length > 0 ? bound : concat(own, ['127.0.0.1', '::1']));
  const hasLoop = block.plugins.some(({ name }) => name === 'loop');
  return flatMap(block.plugins, ({ name, args, line }) => {
    if (name !== 'forward') return [];
    const target = args.slice(1).find((server) => isServedBy(server, block, listening));
    return target === undefined ? [] : [{ block, target, line, stops: hasLoop && zoneOf(args[0]) === '' }];
  });
}

/** `192.0.2.53`, `192.0.2.53:5353`, `[fd00::a]:53` or `fd00::a`. */
const SERVER = /^(?:dns:\/\/)?(?:\[(.+)\]|([0-9.]+|[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*))(?::([0-9]+))?$/;

function addressOf(server: string): { readonly address: IpAddress; readonly port: string } | undefined {
  const parts: readonly (string | undefined)[] = SERVER.exec(server.toLowerCase()) ?? [];
  const [, bracketed, plain, port = '53'] = parts;
  const address = readIpAddress((bracketed ?? plain)?.split('%')[0]);
  return address && { address, port };
}

function isServedBy(server: string, { keys }: ServerBlock, listening: ReadonlySet<string>): boolean {
  const asked = addressOf(server);
  return (
    asked !== undefined && listening.has(formatAddress(asked.address)) && keys.some((key) => key.port === asked.port)
  );
}

/** Where the Services of the cluster DNS lead to this Corefile. */
function ownAddresses({ services, statements }: NetworkModel, { ref }: ModelObject): readonly string[] {
  if (ref.namespace !== 'kube-system' || !/^(.*-)?coredns$/.test(ref.name)) return [];
  const stated = concat(
    clusterDnsService(services)?.clusterIps.map(({ value }) => value) ?? [],
    statements.dnsAddresses.map(({ value }) => value),
  );
  return flatMap(stated, (value) => {
    const address = readIpAddress(value);
    // The cache on the nodes is another one.
    if (address === undefined || LINK_LOCAL.some((range) => cidrHas(range, address))) return [];
    return [formatAddress(address)];
  });
}

/** What a script or the environment fills in later. */
function isFilledIn(name: string): boolean {
  return /[{}$%]|__/.test(name);
}

/** A range, or a variable that is filled in later. */
function isUnread(zone: string): boolean {
  return /[/{}$_]/.test(zone);
}

function blockText(keys: ServerBlock['keys']): string {
  return keys.map(({ zone, port }) => `${zone === '' ? '.' : zone}:${port}`).join(' ');
}
