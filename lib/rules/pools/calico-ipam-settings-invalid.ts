import { at, integer, isCalico, list, member } from '../../model';
import { addressProblem, cidrProblem } from '../address-problem';
import type { NetworkRule } from '../network-rule';

const COOLDOWN_SECONDS = 1200;

/** Calico: api/pkg/apis/projectcalico/v3/ipreservation.go and ipamconfig.go, and "IPAM configuration" of its reference. */
export const calicoIpamSettingsInvalid: NetworkRule = {
  code: 'NL608',
  slug: 'calico-ipam-settings-invalid',
  severity: 'error',
  layer: 'object',
  title: 'An IPReservation or IPAMConfiguration is one that Calico refuses',
  check(model, report) {
    for (const object of model.ofKind('IPReservation')) {
      if (!isCalico(object, 'IPReservation')) continue;
      for (const [index, value] of list(at(object.manifest, 'spec', 'reservedCIDRs')).entries()) {
        if (typeof value !== 'string') continue;
        // The reference of Calico shows addresses without a prefix length too.
        const problem = addressProblem(value) && cidrProblem(value);
        if (problem === undefined) continue;
        report({
          on: object,
          field: ['spec', 'reservedCIDRs', index],
          message: `reservedCIDRs: ${problem.message}`,
          help: problem.help,
        });
      }
    }
    for (const object of model.ofKind('IPAMConfiguration')) {
      if (!isCalico(object, 'IPAMConfiguration')) continue;
      const spec = member(object.manifest, 'spec');
      const strict = member(spec, 'strictAffinity') === true;
      const blocks = integer(member(spec, 'maxBlocksPerHost')) ?? 0;
      const cooldown = integer(member(spec, 'ipCooldownSeconds')) ?? 0;
      if (object.ref.name !== 'default') {
        report({
          on: object,
          field: ['metadata', 'name'],
          message: `IPAMConfiguration ${object.ref.name}: Calico knows the one with the name default only`,
          help: 'name it default',
        });
      }
      if (member(spec, 'autoAllocateBlocks') === false && !strict) {
        report({
          on: object,
          field: ['spec', 'autoAllocateBlocks'],
          message:
            'autoAllocateBlocks is false without strictAffinity: nodes would borrow from blocks that nobody makes',
          help: 'set strictAffinity: true, or leave autoAllocateBlocks out',
        });
      }
      if (blocks > 0 && !strict) {
        report({
          on: object,
          field: ['spec', 'maxBlocksPerHost'],
          message: `maxBlocksPerHost is ${blocks} without strictAffinity: a node at its limit would borrow from others`,
          help: 'set strictAffinity: true, or leave maxBlocksPerHost out',
        });
      }
      if (cooldown < 0 || cooldown > COOLDOWN_SECONDS) {
        report({
          on: object,
          field: ['spec', 'ipCooldownSeconds'],
          message: `ipCooldownSeconds ${cooldown} is not between 0 and ${COOLDOWN_SECONDS}`,
          help: 'give the seconds that an address rests before it is given out again',
        });
      }
    }
  },
};
