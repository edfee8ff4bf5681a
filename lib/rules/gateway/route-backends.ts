import { flatMap, type NetworkModel, type ObjectReference, type Route } from '../../model';

export interface RouteBackend {
  readonly route: Route;
  readonly backend: ObjectReference;
}

/** Every reference of a route to a Service. */
export function serviceBackendsOfRoutes({ gatewayApi: { routes } }: NetworkModel): readonly RouteBackend[] {
  return flatMap(routes, (route) =>
    route.backends
      .filter(({ group, kind }) => group === '' && kind === 'Service')
      .map((backend) => ({ route, backend })),
  );
}
