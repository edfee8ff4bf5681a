import { entries, fields, FLAG, type Form, integerFrom, listOf, oneOfWords, text } from './value-form';

/**
 * The schemas of the CRDs of kubernetes-sigs/gateway-api (apis/v1 and apis/v1beta1), as far as no rule says it in words of its own: the
 * limits and the patterns of values, and what is needed.
 */

const DNS_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const GROUP = text({
  what: 'an API group',
  help: `write the group alone, without the version; that of Services and Secrets is ''`,
  pattern: new RegExp(`^$|${DNS_NAME.source}`),
  most: 253,
});

const KIND = text({
  what: 'a kind',
  help: 'write it as the objects do: HTTPRoute, Service, Secret',
  pattern: /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/,
  most: 63,
});

const OBJECT_NAME = text({ what: 'the name of an object', help: 'give the name', least: 1, most: 253 });

const NAMESPACE = text({
  what: 'a namespace',
  help: 'give the name of one namespace, which has no pattern and no dots',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  most: 63,
});

const SECTION_NAME = text({
  what: 'the name of a section',
  help: 'use lower-case letters, digits, hyphens and dots',
  pattern: DNS_NAME,
  most: 253,
});

const PORT = integerFrom(1, 65535);

const KEY = text({
  what: 'a key',
  help: 'use letters, digits, hyphens, underscores and dots, after a DNS name and a slash if need be',
  pattern:
    /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/,
  most: 253,
});

const ANNOTATION = text({ what: 'a value', help: 'write it as a text', most: 4096 });

const OPTIONS = entries(KEY, ANNOTATION, 16);

const DURATION = text({
  what: 'a duration',
  help: 'write whole numbers with units, as a text: 10s, 1m30s, 500ms',
  pattern: /^([0-9]{1,5}(h|m|s|ms)){1,4}$/,
});

const HEADER_NAME = text({
  what: 'the name of a header',
  help: 'write the name alone, without spaces and colons',
  pattern: /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/,
  most: 256,
});

const HEADER_NAMES = listOf(HEADER_NAME, { most: 64, distinct: true });

const ANY_TEXT = text({ what: 'a text', help: 'write a text' });

const TEXT_LIST = listOf(ANY_TEXT, { most: 64, distinct: true });

const OBJECT_REFERENCE = fields({ group: GROUP, kind: KIND, name: OBJECT_NAME, namespace: NAMESPACE }, [
  'group',
  'kind',
  'name',
]);
const LOCAL_REFERENCE = fields({ group: GROUP, kind: KIND, name: OBJECT_NAME }, ['group', 'kind', 'name']);
const SECRET_REFERENCE = fields({ group: GROUP, kind: KIND, name: OBJECT_NAME, namespace: NAMESPACE }, ['name']);

/** Whose name and port others look at. */
const BACKEND: Readonly<Record<string, Form>> = { group: GROUP, kind: KIND, namespace: NAMESPACE };

const CLIENT_VALIDATION = fields({
  caCertificateRefs: listOf(OBJECT_REFERENCE, { least: 1, most: 8 }),
  mode: oneOfWords('AllowValidOnly', 'AllowInsecureFallback'),
});

const FRONTEND = fields({ validation: CLIENT_VALIDATION });

const LISTENERS = listOf(
  fields({
    hostname: text({ what: 'a host name', help: 'leave it out for all hosts', least: 1 }),
    protocol: text({ what: 'a protocol', help: 'use HTTP, HTTPS, TLS, TCP or UDP', most: 255 }),
    tls: fields({ mode: ANY_TEXT, certificateRefs: listOf(SECRET_REFERENCE, { most: 64 }), options: OPTIONS }),
    allowedRoutes: fields({
      namespaces: fields({ from: ANY_TEXT, selector: fields({}) }),
      kinds: listOf(fields({ group: GROUP, kind: KIND }, ['kind']), { most: Infinity }),
    }),
  }),
  { most: Infinity },
);

export const GATEWAY = fields({
  gatewayClassName: text({ what: 'the name of a class', help: 'give the name', most: 253 }),
  listeners: LISTENERS,
  addresses: listOf(fields({ type: ANY_TEXT, value: ANY_TEXT }), { most: Infinity }),
  allowedListeners: fields({
    namespaces: fields({ from: oneOfWords('All', 'Selector', 'Same', 'None'), selector: fields({}) }),
  }),
  infrastructure: fields({
    labels: entries(
      ANY_TEXT,
      text({
        what: 'the value of a label',
        help: 'use letters, digits, hyphens, underscores and dots, at most 63',
        pattern: /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
        most: 63,
      }),
      Infinity,
    ),
    annotations: entries(ANY_TEXT, ANNOTATION, Infinity),
    parametersRef: LOCAL_REFERENCE,
  }),
  tls: fields({
    backend: fields({ clientCertificateRef: SECRET_REFERENCE }),
    frontend: fields({
      default: FRONTEND,
      perPort: listOf(fields({ port: PORT, tls: FRONTEND }, ['port', 'tls']), { most: 64 }),
    }),
  }),
});

export const LISTENER_SET = fields({
  listeners: LISTENERS,
  parentRef: fields({ group: GROUP, kind: KIND, name: OBJECT_NAME, namespace: NAMESPACE }),
});

const CONDITIONS = (most: number): Form =>
  listOf(fields({ value: text({ what: 'a value', help: 'give a shorter one', most }) }), { most: 16 });

const HEADERS = fields({
  set: CONDITIONS(4096),
  add: CONDITIONS(4096),
  remove: listOf(ANY_TEXT, { most: 16, distinct: true }),
});

const PATH = text({ what: 'a path', help: 'write a text', most: 1024 });

const PATH_MODIFIER = fields({ replaceFullPath: PATH, replacePrefixMatch: PATH });

const MIRROR = fields(
  { backendRef: fields(BACKEND), fraction: fields({ denominator: integerFrom(-Infinity, Infinity) }) },
  ['backendRef'],
);

const WEIGHTED_BACKEND: Readonly<Record<string, Form>> = { ...BACKEND, weight: integerFrom(0, 1_000_000) };

const FILTERS = listOf(
  fields({
    requestHeaderModifier: HEADERS,
    responseHeaderModifier: HEADERS,
    requestMirror: MIRROR,
    requestRedirect: fields({ path: PATH_MODIFIER }),
    urlRewrite: fields({ path: PATH_MODIFIER }),
    extensionRef: LOCAL_REFERENCE,
    cors: fields({
      allowOrigins: TEXT_LIST,
      allowCredentials: FLAG,
      allowMethods: listOf(
        oneOfWords('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', '*'),
        { most: 9, distinct: true },
      ),
      allowHeaders: HEADER_NAMES,
      exposeHeaders: HEADER_NAMES,
    }),
    externalAuth: fields(
      {
        backendRef: fields(BACKEND),
        grpc: fields({ allowedHeaders: TEXT_LIST }),
        http: fields({
          path: text({
            what: 'a path',
            help: 'write it percent-encoded',
            pattern: /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/,
            most: 1024,
          }),
          allowedHeaders: TEXT_LIST,
          allowedResponseHeaders: TEXT_LIST,
        }),
        forwardBody: fields({ maxSize: integerFrom(0, Infinity) }),
      },
      ['backendRef'],
    ),
  }),
  { most: Infinity },
);

const PARENTS = listOf(
  fields({ group: GROUP, kind: KIND, namespace: NAMESPACE, sectionName: SECTION_NAME, port: PORT }),
  { most: Infinity },
);

const PERSISTENCE = fields({
  sessionName: text({ what: 'a name', help: 'give a shorter one', most: 128 }),
  absoluteTimeout: DURATION,
  idleTimeout: DURATION,
  type: oneOfWords('Cookie', 'Header'),
  cookieConfig: fields({ lifetimeType: oneOfWords('Permanent', 'Session') }),
});

function routeOf(rule: Readonly<Record<string, Form>>, neededOfRule: readonly string[] = []): Form {
  return fields({
    parentRefs: PARENTS,
    hostnames: listOf(ANY_TEXT, { most: Infinity }),
    rules: listOf(fields({ name: SECTION_NAME, ...rule }, neededOfRule), { most: Infinity }),
  });
}

export const HTTP_ROUTE = routeOf({
  matches: listOf(fields({ path: fields({ value: PATH }), headers: CONDITIONS(4096), queryParams: CONDITIONS(1024) }), {
    most: Infinity,
  }),
  filters: FILTERS,
  backendRefs: listOf(fields({ ...WEIGHTED_BACKEND, filters: FILTERS }), { most: Infinity }),
  timeouts: fields({}),
  retry: fields({
    codes: listOf(integerFrom(400, 599), { most: Infinity, distinct: true }),
    attempts: integerFrom(-Infinity, Infinity),
    backoff: DURATION,
  }),
  sessionPersistence: PERSISTENCE,
});

const GRPC_NAME = text({ what: 'a name', help: 'give a shorter one', most: 1024 });

export const GRPC_ROUTE = routeOf({
  matches: listOf(
    fields({
      method: fields({ type: oneOfWords('Exact', 'RegularExpression'), service: GRPC_NAME, method: GRPC_NAME }),
      headers: CONDITIONS(4096),
    }),
    { most: Infinity },
  ),
  filters: FILTERS,
  backendRefs: listOf(fields({ ...WEIGHTED_BACKEND, filters: FILTERS }), { most: Infinity }),
  sessionPersistence: PERSISTENCE,
});

const CONNECTION_BACKENDS = listOf(fields(WEIGHTED_BACKEND), { least: 1, most: Infinity });

export const CONNECTION_ROUTE = routeOf({ backendRefs: CONNECTION_BACKENDS });

/** Which has needed backends since it is v1; the alpha versions let a route without them refuse all connections. */
export const STABLE_CONNECTION_ROUTE = routeOf({ backendRefs: CONNECTION_BACKENDS }, ['backendRefs']);

export const REFERENCE_GRANT = fields({
  from: listOf(fields({ group: GROUP, kind: KIND, namespace: NAMESPACE }), { most: Infinity }),
  to: listOf(fields({ group: GROUP, kind: KIND, name: OBJECT_NAME }), { most: Infinity }),
});

const HOST_NAME = text({
  what: 'a host name',
  help: 'write a DNS name in lower case, without scheme and port; a * may stand for its first label',
  pattern: new RegExp(DNS_NAME.source.replace('^', '^(\\*\\.)?')),
  most: 253,
});

const URI = text({
  what: 'a URI with scheme and host',
  help: 'write it in full, as spiffe://cluster.example.com/ns/shop/sa/web',
  pattern: /^(([^:/?#]+):)(\/\/([^/?#]*))([^?#]*)(\?([^#]*))?(#(.*))?/,
  most: 253,
});

export const BACKEND_TLS_POLICY = fields({
  options: OPTIONS,
  targetRefs: listOf(fields({ group: GROUP, kind: KIND, name: OBJECT_NAME, sectionName: SECTION_NAME }), {
    most: Infinity,
  }),
  validation: fields({
    caCertificateRefs: listOf(fields({ group: GROUP, kind: KIND, name: OBJECT_NAME }), { most: Infinity }),
    subjectAltNames: listOf(fields({ hostname: orEmpty(HOST_NAME), uri: orEmpty(URI) }), { most: Infinity }),
  }),
});

/** The empty text is refused for another reason. */
function orEmpty(form: Form): Form {
  return (value, walk) => {
    if (value !== '') form(value, walk);
  };
}

export const GATEWAY_CLASS = fields({
  description: ANY_TEXT,
  parametersRef: fields({ group: GROUP, kind: KIND, namespace: NAMESPACE }, ['group']),
});
