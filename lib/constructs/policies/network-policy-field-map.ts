import type { FieldMap } from '../../synth';
import { METADATA_HELP, METADATA_PROPS } from '../objects/metadata-field-map';

/** Which props of a NetworkPolicy write which fields. */
export const NETWORK_POLICY_FIELDS: FieldMap = {
  props: {
    ...METADATA_PROPS,
    'spec.podSelector': 'subject',
    'spec.ingress': 'ingress',
    'spec.ingress[]': 'ingress[]',
    'spec.ingress[].from': 'ingress[].from',
    'spec.ingress[].from[]': 'ingress[].from[]',
    'spec.ingress[].ports': 'ingress[].ports',
    'spec.ingress[].ports[]': 'ingress[].ports[]',
    'spec.egress': 'egress',
    'spec.egress[]': 'egress[]',
    'spec.egress[].to': 'egress[].to',
    'spec.egress[].to[]': 'egress[].to[]',
    'spec.egress[].ports': 'egress[].ports',
    'spec.egress[].ports[]': 'egress[].ports[]',
  },
  help: METADATA_HELP,
};
