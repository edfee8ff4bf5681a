import { type ConfigDocument, member, nonEmpty } from '../../model';
import type { NetworkRule } from '../network-rule';

const NAME = /^([a-z0-9][-a-z0-9]*)?[a-z0-9]$/;
const LONGEST_NAME = 32;
const SIZES = ['255', '511'];

/** Cilium, pkg/clustermesh/types: agents refuse to start with another identity. */
export const ciliumClusterIdentity: NetworkRule = {
  code: 'NL642',
  slug: 'cilium-cluster-identity',
  severity: 'error',
  layer: 'object',
  title: 'The identity of a cluster in a ClusterMesh is none that Cilium takes',
  check(model, report) {
    for (const config of model.configs.filter(({ kind }) => kind === 'CiliumConfig')) {
      const size = setting(config, 'max-connected-clusters') ?? '255';
      const id = setting(config, 'cluster-id') ?? '0';
      const name = setting(config, 'cluster-name') ?? 'default';
      const refuse = (key: string, message: string, help: string): void => {
        report({ on: config.object, field: config.fieldOf([key]), message, help });
      };
      if (!SIZES.includes(size)) {
        refuse(
          'max-connected-clusters',
          `max-connected-clusters is ${size}, and Cilium takes ${SIZES.join(' or ')}`,
          'use 255, or 511 in all clusters of the mesh',
        );
      } else if (!/^\d+$/.test(id) || Number(id) > Number(size)) {
        refuse(
          'cluster-id',
          `cluster-id ${id} is not from 0 to ${size}`,
          'give each cluster of the mesh a number of its own, from 1',
        );
      }
      if (!NAME.test(name) || name.length > LONGEST_NAME) {
        refuse(
          'cluster-name',
          `cluster-name ${JSON.stringify(name)} is no name of at most ${LONGEST_NAME} lower-case letters, digits and hyphens`,
          'give the cluster another name',
        );
      } else if (name === 'default' && id !== '0') {
        refuse('cluster-name', `cluster-name is default, and cluster-id ${id}`, 'give the cluster a name of its own');
      }
    }
  },
};

function setting({ value }: ConfigDocument, key: string): string | undefined {
  return nonEmpty(member(value, key));
}
