import { addressBook } from './address-book';
import type { Answer } from './answer';
import { type Mention, mentionsOf } from './mentions';
import { identityOf } from '../model';
import type { Query } from './query';
import type { Sources } from './sources';
import { whoisAddress } from './whois-address';
import { whoisHost } from './whois-host';
import { whoisName, zoneOf } from './whois-name';
import { whoisPort } from './whois-port';

/** Who has it. Pure, and independent of the order of the sources. */
export function whois(query: Query, sources: Sources): Answer {
  switch (query.kind) {
    case 'address':
      return withMentions(
        whoisAddress(query.text, query.range, addressBook(sources), sources),
        mentionsOf(query.range, sources.clusters),
      );
    case 'port':
      return whoisPort(query.text, query.port, query.protocol, sources);
    case 'name':
      return whoisName(query.text, query.name, sources, addressBook(sources));
    case 'host':
      return whoisHostOrName(query, sources);
  }
}

/** What names addresses does not have them. */
function withMentions(answer: Answer, mentions: readonly Mention[]): Answer {
  if (mentions.length === 0 || answer.verdict !== 'unknown') return { ...answer, mentions };
  const objects = new Set(mentions.map(({ object }) => identityOf(object))).size;
  return {
    ...answer,
    mentions,
    summary: `${answer.summary}, and ${objects === 1 ? 'one object names' : `${objects} objects name`} it`,
  };
}

/** `db.shop` is a host, and by the search path of a pod also a Service. */
function whoisHostOrName(query: Extract<Query, { kind: 'host' }>, sources: Sources): Answer {
  const answer = whoisHost(query.text, query.host, query.path, sources);
  const labels = query.host.split('.');
  if (answer.verdict !== 'unknown' || query.path !== '/' || labels.length !== 2) return answer;
  for (const cluster of sources.clusters) {
    if (cluster.model.service(labels[1], labels[0]) === undefined) continue;
    const name = `${query.host}.svc.${zoneOf(cluster)}`;
    return whoisName(query.text, name, sources, addressBook(sources));
  }
  return answer;
}
