import type { FieldMap } from '../../synth';

/** Which props of every object write which fields of its metadata. */
export const METADATA_PROPS: FieldMap['props'] = {
  'metadata.name': 'name',
  'metadata.namespace': 'namespace',
  'metadata.labels': 'labels',
  'metadata.annotations': 'annotations',
};

export const METADATA_HELP: FieldMap['help'] = {
  'NL921 metadata.name':
    'use at most 253 lower-case letters, digits, hyphens and dots, a letter or digit first and last; set `name` when the construct id cannot be the name',
  'NL936 metadata.name': 'write a name, or leave `name` out',
};
