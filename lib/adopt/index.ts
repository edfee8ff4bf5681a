export { adoptedCluster, type AdoptedCluster } from './adopted-cluster';
export { newFleetText, withCluster } from './fleet-text';
