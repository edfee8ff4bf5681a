import type { BlockUse } from '../plan';

/** What a use is called in legends. */
export const USE_NAMES: Record<BlockUse, string> = {
  pods: 'pods',
  services: 'services',
  loadBalancers: 'load balancers',
  nodes: 'node network',
  reservation: 'reserved',
  free: 'free',
};

/** Colours that are told apart by people who see fewer of them, and on white and dark paper alike (Okabe and Ito). */
export const USE_COLORS: Record<BlockUse, string> = {
  pods: '#0072b2',
  services: '#009e73',
  loadBalancers: '#d55e00',
  nodes: '#cc79a7',
  reservation: '#8a8a8a',
  free: 'none',
};
