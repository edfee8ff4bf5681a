import type { NetworkModel, ObjectReference, Route } from '../../model';

export interface RouteBackend {
  readonly route: Route;
  readonly backend: ObjectReference;
}

/** Every reference of a route to a Service. */
export function serviceBackendsOfRoutes({ gatewayApi: { routes } }: NetworkModel): RouteBackend[] {
  return routes.flatMap((route) =>
    route.backends
      .filter(({ group, kind }) => group === '' && kind === 'Service')
      .map((backend) => ({ route, backend })),
  );
}
