import type { NetworkRule } from '../network-rule';

/** Classes come with the implementation, which is usually installed apart: silent when the input defines none, and a warning when it has another one. */
export const gatewayClassMissing: NetworkRule = {
  code: 'NL434',
  slug: 'gateway-class-missing',
  severity: 'warning',
  title: 'A Gateway names a GatewayClass that is not there, although others are',
  check({ gatewayApi: { classes, similarClass, gateways } }, report) {
    if (classes.length === 0) return;
    const names = new Set(classes.map(({ ref }) => ref.name));
    for (const { object, className } of gateways) {
      if (className === undefined || names.has(className)) continue;
      const similar = similarClass(className);
      report({
        on: object,
        field: ['spec', 'gatewayClassName'],
        ...(similar !== undefined && { severity: 'error' }),
        message: `there is no GatewayClass ${className}`,
        help:
          similar === undefined
            ? `nothing serves the Gateway, unless the class is made elsewhere; defined is ${[...names].slice(0, 3).join(', ')}`
            : `did you mean ${similar.ref.name}?`,
      });
    }
  },
};
