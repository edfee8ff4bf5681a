import { pairsOf } from '../model-change';
import { isEndpointSlice } from '../../model';
import { changed, type ChangeRule } from '../change-rule';

/** discovery/v1: `addressType` is immutable after creation. */
export const addressTypeChange: ChangeRule = {
  code: 'NL807',
  slug: 'address-type-change',
  severity: 'error',
  title: 'The address type of an EndpointSlice changes',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.endpoints, after.endpoints)) {
      const [from, to] = [pair.before.addressType, pair.after.addressType];
      if (from === to || !isEndpointSlice(pair.after.object)) continue;
      report(
        changed({ before: pair.before.object, after: pair.after.object }, ['addressType'], {
          message: `addressType changes from ${from ?? 'none'} to ${to ?? 'none'}`,
          help: 'the API server refuses it: write a slice of another name for addresses of the other kind',
        }),
      );
    }
  },
};
