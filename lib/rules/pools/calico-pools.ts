import {
  at,
  concat,
  type FieldPath,
  flatMap,
  isCalico,
  isInstallation,
  list,
  member,
  type ModelObject,
  type NetworkModel,
} from '../../model';

/** A pool as it was written, readable or not. */
export interface WrittenPool {
  readonly object: ModelObject;
  readonly path: FieldPath;
  readonly fields: unknown;
  /** One of an Installation, whose fields have other names. */
  readonly ofInstallation: boolean;
}

export function writtenPools(model: NetworkModel): readonly WrittenPool[] {
  const ipPools = model
    .ofKind('IPPool')
    .filter((object) => isCalico(object, 'IPPool'))
    .map((object) => ({
      object,
      path: ['spec'],
      fields: member(object.manifest, 'spec'),
      ofInstallation: false,
    }));
  const installed = flatMap(model.ofKind('Installation').filter(isInstallation), (object) =>
    list(at(object.manifest, 'spec', 'calicoNetwork', 'ipPools')).map((fields, index) => ({
      object,
      path: ['spec', 'calicoNetwork', 'ipPools', index],
      fields,
      ofInstallation: true,
    })),
  );
  return concat(ipPools, installed);
}
