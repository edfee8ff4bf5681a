import { at, list } from '../../../model';
import {
  all,
  distinct,
  flag,
  LABEL_SELECTOR,
  listOf,
  mapping,
  textThat,
  type ValueForm,
  wholeNumber,
} from './value-form';
import type { FormsByKind } from './forms-by-kind';

const INTERVAL = wholeNumber(10, 60000);

/** MetalLB compares selectors, and the values of each expression, and refuses what stands twice (validateLabelSelectorDuplicate). */
const SELECTORS = all(
  listOf(
    all(LABEL_SELECTOR, (value, path) =>
      list(at(value, 'matchExpressions')).flatMap((expression, index) =>
        distinct(at(expression, 'values'), [...path, 'matchExpressions', index, 'values']),
      ),
    ),
  ),
  distinct,
);

const NAMES = distinct;

/** As Go writes it: `90s`, `1m30s`. */
const DURATION = textThat(
  (text) => /^[-+]?([0-9]+(\.[0-9]*)?(ns|us|µs|ms|s|m|h))+$/.test(text) || text === '0',
  'a duration, such as 90s',
);

/** An older version has selectors of its own. */
function peer(fields: Readonly<Record<string, ValueForm>>): ValueForm {
  return mapping({
    spec: mapping({
      ebgpMultiHop: flag,
      holdTime: DURATION,
      keepaliveTime: DURATION,
      peerPort: wholeNumber(0, 16384),
      ...fields,
    }),
  });
}

/** From the CRDs of MetalLB 0.16 and its internal/config/config.go. */
export const METALLB_FORMS: FormsByKind = {
  'metallb.io/v1beta1 BFDProfile': mapping({
    spec: mapping({
      detectMultiplier: wholeNumber(2, 255),
      echoInterval: INTERVAL,
      echoMode: flag,
      minimumTtl: wholeNumber(1, 254),
      passiveMode: flag,
      receiveInterval: INTERVAL,
      transmitInterval: INTERVAL,
    }),
  }),
  'metallb.io/v1beta1 BGPAdvertisement': mapping({
    spec: mapping({
      communities: NAMES,
      ipAddressPools: NAMES,
      ipAddressPoolSelectors: SELECTORS,
      localPref: wholeNumber(0, 4294967295),
      nodeSelectors: SELECTORS,
      peers: NAMES,
      serviceSelectors: SELECTORS,
    }),
  }),
  'metallb.io/v1beta1 BGPPeer': peer({}),
  'metallb.io/v1beta2 BGPPeer': peer({
    connectTime: DURATION,
    disableMP: flag,
    dualStackAddressFamily: flag,
    enableGracefulRestart: flag,
    nodeSelectors: SELECTORS,
  }),
  'metallb.io/v1beta1 IPAddressPool': mapping({
    spec: mapping({
      autoAssign: flag,
      avoidBuggyIPs: flag,
      serviceAllocation: mapping({
        namespaces: NAMES,
        namespaceSelectors: SELECTORS,
        priority: wholeNumber(-2147483648, 2147483647),
        serviceSelectors: SELECTORS,
      }),
    }),
  }),
  'metallb.io/v1beta1 L2Advertisement': mapping({
    spec: mapping({
      ipAddressPools: NAMES,
      ipAddressPoolSelectors: SELECTORS,
      nodeSelectors: SELECTORS,
      serviceSelectors: SELECTORS,
    }),
  }),
};
