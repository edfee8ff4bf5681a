import { type ConfigKey, readTexts } from './config-key';

/** `connected`: groups of clusters on one network, by name. */
export const CONNECTED_KEY: ConfigKey<readonly (readonly string[])[]> = {
  absent: [],
  read(value, path, context) {
    if (!Array.isArray(value)) {
      context.report(path, 'connected is not a list of groups', 'write a list of lists: [[east, west]]');
      return [];
    }
    return value.map((group, index) => readTexts(group, [...path, index], 'clusters', '[[east, west]]', context));
  },
  schema: () => ({
    description: 'Groups of clusters whose pods, Services or load balancers are on one network.',
    type: ['array', 'null'],
    items: { type: 'array', items: { type: 'string', minLength: 1 } },
  }),
};

/** `shared`: hosts, addresses and ranges that several clusters have on purpose. */
export const SHARED_KEY: ConfigKey<readonly string[]> = {
  absent: [],
  read: (value, path, context) => readTexts(value, path, 'hosts or ranges', '[www.example.com, 192.0.2.0/28]', context),
  schema: () => ({
    description: 'Hosts, addresses and ranges that several clusters have on purpose.',
    type: ['array', 'null'],
    items: { type: 'string', minLength: 1 },
  }),
};
