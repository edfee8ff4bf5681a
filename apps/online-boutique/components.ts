/** Environment variables. */
export interface Environment {
  readonly [variable: string]: string;
}

/** A program of the shop: a Deployment, a NetworkPolicy, and a Service if it listens. */
export interface Component {
  readonly image: string;
  /** What the container is called. */
  readonly container: string;
  /** Where it listens. A component without does nothing but call others. */
  readonly listens?: {
    readonly containerPort: number;
    /** The port of its Service, where others call it. */
    readonly port: number;
    readonly portName: string;
  };
  /** Everyone may call it, from outside of the cluster too. */
  readonly public?: boolean;
  /** Whom it calls, by the environment variable that says where. */
  readonly calls?: { readonly [variable: string]: string };
  /** Where it writes. Everything else is read-only. */
  readonly data?: string;
  readonly env?: Environment;
  /** Request and limit, in millicores. */
  readonly cpu?: readonly [number, number];
  /** Request and limit, in mebibytes. */
  readonly memory?: readonly [number, number];
}

/**
 * Google's microservices demo, as in its kustomize/base and kustomize/components/network-policies (v0.10.6).
 *
 * Who calls whom stands here once: environments and NetworkPolicies are made from it.
 */
export const COMPONENTS: { readonly [name: string]: Component } = {
  adservice: { ...grpcServer('adservice', 9555), cpu: [200, 300], memory: [180, 300] },
  cartservice: {
    ...grpcServer('cartservice', 7070),
    calls: { REDIS_ADDR: 'redis-cart' },
    cpu: [200, 300],
  },
  checkoutservice: {
    ...grpcServer('checkoutservice', 5050),
    calls: {
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice',
      SHIPPING_SERVICE_ADDR: 'shippingservice',
      PAYMENT_SERVICE_ADDR: 'paymentservice',
      EMAIL_SERVICE_ADDR: 'emailservice',
      CURRENCY_SERVICE_ADDR: 'currencyservice',
      CART_SERVICE_ADDR: 'cartservice',
    },
  },
  currencyservice: grpcServer('currencyservice', 7000),
  emailservice: grpcServer('emailservice', 8080, 5000),
  frontend: {
    image: shopImage('frontend'),
    container: 'server',
    listens: { containerPort: 8080, port: 80, portName: 'http' },
    calls: {
      PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice',
      CURRENCY_SERVICE_ADDR: 'currencyservice',
      CART_SERVICE_ADDR: 'cartservice',
      RECOMMENDATION_SERVICE_ADDR: 'recommendationservice',
      SHIPPING_SERVICE_ADDR: 'shippingservice',
      CHECKOUT_SERVICE_ADDR: 'checkoutservice',
      AD_SERVICE_ADDR: 'adservice',
    },
    // The shopping assistant is an optional component, left out here and in the demo's own base.
    env: { PORT: '8080', SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80', ENABLE_PROFILER: '0' },
    public: true,
  },
  loadgenerator: {
    image: shopImage('loadgenerator'),
    container: 'main',
    calls: { FRONTEND_ADDR: 'frontend' },
    env: { USERS: '10', RATE: '1' },
    cpu: [300, 500],
    memory: [256, 512],
  },
  paymentservice: grpcServer('paymentservice', 50051),
  productcatalogservice: grpcServer('productcatalogservice', 3550),
  recommendationservice: {
    ...grpcServer('recommendationservice', 8080),
    calls: { PRODUCT_CATALOG_SERVICE_ADDR: 'productcatalogservice' },
    memory: [220, 450],
  },
  'redis-cart': {
    image: 'redis:alpine',
    container: 'redis',
    listens: { containerPort: 6379, port: 6379, portName: 'tcp-redis' },
    data: '/data',
    cpu: [70, 125],
    memory: [200, 256],
  },
  shippingservice: grpcServer('shippingservice', 50051),
};

function grpcServer(name: string, containerPort: number, port = containerPort): Component {
  return {
    image: shopImage(name),
    container: 'server',
    listens: { containerPort, port, portName: 'grpc' },
    env: { PORT: String(containerPort), DISABLE_PROFILER: '1' },
  };
}

function shopImage(name: string): string {
  return `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${name}:v0.10.6`;
}
