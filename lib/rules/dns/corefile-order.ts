import { flatMap } from '../../model';
import type { CorefilePlugin, ServerBlock } from './corefile-blocks';
import type { CorefileProblem } from './corefile-problem';
import { coverName, isAskedBefore, zonesOf } from './corefile-plugins';

const REVERSE_ZONE = /(^|\.)(in-addr|ip6)\.arpa$/;

/**
 * Plugins of a server block that answer for the names of the cluster before the plugin kubernetes is asked, and plugins that are asked
 * after it for names that it does not pass on. The order is that of plugin.cfg, whatever the order of the Corefile.
 */
export function hiddenFromKubernetes({ keys, plugins }: ServerBlock): readonly CorefileProblem[] {
  const kubernetes = plugins.find(({ name }) => name === 'kubernetes');
  if (kubernetes === undefined) return [];
  const zones = zonesOf(kubernetes.args, keys).filter((zone) => !REVERSE_ZONE.test(zone) && !/[{}$_]/.test(zone));
  return flatMap(zones, (zone) =>
    flatMap(plugins, (plugin): readonly CorefileProblem[] => {
      // That it is there twice is a fault of its own.
      if (plugin.name === 'hosts' && plugins.some((other) => other.name === 'hosts' && other !== plugin)) return [];
      const answered = answeredZones(plugin, keys);
      if (answered === undefined || passesOn(plugin, zone)) return [];
      if (isAskedBefore(plugin.name, 'kubernetes')) return coverName(answered, zone) ? [takesNames(plugin, zone)] : [];
      const isHidden = answered.includes(zone) && !passesOn(kubernetes, zone);
      return isHidden ? [isNeverAsked(plugin, zone)] : [];
    }),
  );
}

/** The zones in which a plugin answers for every name, also for those that it does not know; undefined for one that does not. */
function answeredZones(plugin: CorefilePlugin, keys: ServerBlock['keys']): readonly string[] | undefined {
  const { name, args, body } = plugin;
  switch (name) {
    // What stands behind the name is a file.
    case 'hosts':
    case 'file':
      return zonesOf(args.slice(1), keys);
    case 'template': {
      const answersAddresses = args[1] === 'A' || args[1] === 'ANY';
      const matches = flatMap(body, (line) => (line.name === 'match' ? line.args : []));
      const matchesAll = matches.length === 0 || matches.some((match) => /^"?\^?\.\*\$?"?$/.test(match));
      return answersAddresses && matchesAll ? zonesOf(args.slice(2), keys) : undefined;
    }
    default:
      return undefined;
  }
}

/** A `fallthrough` without zones is for all. */
function passesOn({ body }: CorefilePlugin, zone: string): boolean {
  return body.some(({ name, args }) => name === 'fallthrough' && (args.length === 0 || coverName(args, zone)));
}

function takesNames({ name, line }: CorefilePlugin, zone: string): CorefileProblem {
  return {
    textLine: line,
    message: `the plugin ${name} answers for every name of ${zone} before the plugin kubernetes is asked, and has no fallthrough`,
    help: `no name of the cluster is found: write fallthrough into the braces of ${name}, or give it zones of its own`,
  };
}

function isNeverAsked({ name, line }: CorefilePlugin, zone: string): CorefileProblem {
  return {
    textLine: line,
    severity: 'warning',
    message: `the plugin ${name} is never asked for ${zone}: the plugin kubernetes comes before it, and has no fallthrough for this zone`,
    help: `write fallthrough ${zone} into the braces of kubernetes, or give the zone a server block of its own`,
  };
}
