import {
  at,
  concat,
  flatMap,
  labelIndex,
  labelSelectorText,
  list,
  member,
  type ModelObject,
  type NetworkModel,
  nonEmpty,
  readLabelSelector,
  similarNames,
} from '../../model';
import { isMetalLbCommunity } from '../objects/values/metallb';
import type { NetworkRule, Violation } from '../network-rule';
import { ofMetalLb } from './metallb-advertisements';

/** MetalLB waits for what is named and not there, and with it all of its configuration (internal/config, TransientError). It may be outside of the input. */
export const metallbReferenceMissing: NetworkRule = {
  code: 'NL647',
  slug: 'metallb-reference-missing',
  severity: 'warning',
  title: 'An object of MetalLB names a peer, a BFD profile, a community or nodes that are not there',
  check(model, report) {
    const advertisements = ofMetalLb(model, 'BGPAdvertisement');
    const peers = ofMetalLb(model, 'BGPPeer');
    const profiles = missingAmong('BFDProfile', namesOf(ofMetalLb(model, 'BFDProfile')));
    for (const on of peers) {
      const violation = profiles(on, at(on.manifest, 'spec', 'bfdProfile'), ['spec', 'bfdProfile']);
      if (violation !== undefined) report(violation);
    }
    const named = missingAmong('BGPPeer', namesOf(peers));
    const communities = missingAmong('community', communityNames(model));
    for (const on of advertisements) {
      for (const [index, name] of list(at(on.manifest, 'spec', 'peers')).entries()) {
        const violation = named(on, name, ['spec', 'peers', index]);
        if (violation !== undefined) report(violation);
      }
      for (const [index, name] of list(at(on.manifest, 'spec', 'communities')).entries()) {
        // What has colons is a community itself, or none at all.
        if (typeof name !== 'string' || isMetalLbCommunity(name) || name.includes(':')) continue;
        const violation = communities(on, name, ['spec', 'communities', index]);
        if (violation !== undefined) report(violation);
      }
    }
    for (const violation of withoutNodes(model, concat(advertisements, ofMetalLb(model, 'L2Advertisement'), peers))) {
      report(violation);
    }
    if (peers.length > 0) return;
    for (const on of advertisements) {
      report({
        on,
        field: ['spec'],
        severity: 'info',
        message: 'there is no BGPPeer here to announce anything to',
        help: 'add a BGPPeer, or use an L2Advertisement',
      });
    }
  },
};

type MissingOf = (on: ModelObject, name: unknown, field: Violation['field']) => Violation | undefined;

/** Where none is there at all they are elsewhere. */
function missingAmong(what: string, names: readonly string[]): MissingOf {
  const known = new Set(names);
  const similar = similarNames(names, (name) => name);
  return (on, value, field) => {
    const name = nonEmpty(value);
    if (known.size === 0 || name === undefined || known.has(name)) return undefined;
    const nearest = similar(name);
    return {
      on,
      field,
      message: `the ${what} ${JSON.stringify(name)} is not among those here`,
      help: nearest === undefined ? `there is ${names.slice(0, 5).join(', ')}` : `did you mean ${nearest}?`,
    };
  };
}

function namesOf(objects: readonly ModelObject[]): readonly string[] {
  return objects.map(({ ref }) => ref.name);
}

function communityNames(model: NetworkModel): readonly string[] {
  return flatMap(ofMetalLb(model, 'Community'), ({ manifest }) =>
    flatMap(list(at(manifest, 'spec', 'communities')), (community) => nonEmpty(member(community, 'name')) ?? []),
  );
}

function withoutNodes(model: NetworkModel, objects: readonly ModelObject[]): readonly Violation[] {
  if (model.nodes.length === 0) return [];
  const nodes = labelIndex(model.nodes);
  return flatMap(objects, (on) => {
    const selectors = list(at(on.manifest, 'spec', 'nodeSelectors')).map(readLabelSelector);
    if (selectors.length === 0 || selectors.some((selector) => nodes.first(selector) !== undefined)) return [];
    return [
      {
        on,
        field: ['spec', 'nodeSelectors'],
        message: `none of the nodes here has the labels ${selectors.map(labelSelectorText).join(' or ')}`,
        help: 'select labels that nodes have, or leave nodeSelectors out for all nodes',
      },
    ];
  });
}
