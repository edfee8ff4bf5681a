import type { ClusterSource } from './sources';
import { externalNameOf, type NetworkModel, type Service } from '../model';
import { holder, type Holder } from './answer';
import { objectHolder } from './object-holder';

/** A Service may have thousands of workloads behind it; a person reads the first ones. */
const SHOWN_PODS = 10;

/** A Service and the pods behind it; one that was not read has only its name. */
export function serviceHolder(
  model: NetworkModel,
  cluster: ClusterSource['name'],
  namespace: string,
  name: string,
  port?: number | string,
): Holder {
  const service = model.service(namespace, name);
  const suffix = port === undefined ? '' : `port ${port}`;
  if (service === undefined) {
    const missing = 'not among what was read';
    return holder('Service', `${namespace}/${name}`, {
      cluster,
      detail: suffix === '' ? missing : `${suffix}; ${missing}`,
    });
  }
  const details = [suffix, addressText(service)].filter((part) => part !== '');
  return objectHolder(service.object, ['spec'], cluster, details.join(', '), podsOf(model, cluster, service));
}

/** How clients find it. */
export function addressText(service: Service): string {
  const alias = externalNameOf(service);
  if (alias !== undefined) return `an alias of ${alias}`;
  if (service.headless) return 'headless: the addresses of its pods';
  const addresses = [...new Set(service.clusterIps.map(({ value }) => value))];
  return addresses.length > 0 ? `clusterIP ${addresses.join(', ')}` : 'a clusterIP that the API server chooses';
}

/** The workloads that a Service selects, or what leads elsewhere for one without a selector. */
export function podsOf(model: NetworkModel, cluster: ClusterSource['name'], service: Service): Holder[] {
  const { selector, namespace, name } = service;
  if (selector === undefined) {
    return model.endpoints
      .filter((endpoints) => endpoints.namespace === namespace && endpoints.serviceName === name)
      .map(({ object, addresses }) =>
        objectHolder(object, [], cluster, addresses.map(({ value }) => value).join(', ')),
      );
  }
  const workloads = model.selectors.select(namespace, selector);
  const shown = workloads.slice(0, SHOWN_PODS).map(({ object }) => objectHolder(object, [], cluster));
  const hidden = workloads.length - shown.length;
  return hidden > 0 ? [...shown, holder('and', `${hidden} more`, { cluster })] : shown;
}
