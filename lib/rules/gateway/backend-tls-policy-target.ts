import { objectText } from '../../finding/finding';
import { below, flatMap } from '../../model';
import { portList, servicePorts } from '../service-ports';
import type { NetworkRule } from '../network-rule';
import { backendTlsPolicies, serviceTargets } from './backend-tls-policies';

/**
 * The gateway then speaks plain text to the backend. The Service may come from elsewhere, but only from the namespace of the policy, as all
 * Services of a namespace do that has none here.
 */
export const backendTlsPolicyTarget: NetworkRule = {
  code: 'NL481',
  slug: 'backend-tls-policy-target',
  severity: 'error',
  title: 'A BackendTLSPolicy is for a Service or a port that is not there',
  check(model, report) {
    const portOf = servicePorts();
    const inhabited = new Set(model.services.map((service) => service.namespace));
    for (const { policy, name, sectionName, path } of flatMap(backendTlsPolicies(model), serviceTargets)) {
      const { object, namespace } = policy;
      const service = model.service(namespace, name);
      if (service === undefined) {
        const similar = model.similarService(namespace, name);
        const elsewhere = model.namespacesWithService(name).at(0);
        report({
          on: object,
          field: below(path, 'name'),
          message: `there is no Service ${name} in namespace ${namespace}`,
          ...(similar === undefined &&
            elsewhere === undefined && { severity: inhabited.has(namespace) ? 'warning' : 'info' }),
          help:
            similar !== undefined
              ? `did you mean ${similar.name}?`
              : elsewhere !== undefined
                ? `it exists in ${elsewhere}: the policy has to be there as well`
                : 'check the name, unless the Service is made elsewhere',
        });
        continue;
      }
      if (sectionName === undefined || portOf(service, sectionName, 'TCP').is !== 'missing') continue;
      const byNumber = service.ports.find(({ port }) => String(port) === sectionName)?.name;
      const ports = portList(service.ports);
      report({
        on: object,
        field: below(path, 'sectionName'),
        message: `${objectText(service.object.ref)} has no port with the name ${sectionName}`,
        related: [{ on: service.object, field: ['spec', 'ports'], message: 'its ports' }],
        help:
          byNumber !== undefined
            ? `sectionName is the name of the port: ${byNumber}`
            : `sectionName is the name of a port of the Service, which has ${ports === '' ? 'none' : ports}`,
      });
    }
  },
};
