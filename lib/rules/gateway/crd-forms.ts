import {
  all,
  distinct,
  entries,
  flag,
  listOf,
  mapping,
  PORT_NUMBER,
  textOf,
  type ValueForm,
  wholeNumber,
  word,
} from '../value-form';

/**
 * The schemas of the CRDs of kubernetes-sigs/gateway-api (apis/v1 and apis/v1beta1), as far as no rule says it in words of its own: the
 * limits and the patterns of values, and what is needed.
 */

const DNS_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const GROUP = textOf({
  what: 'an API group',
  help: `write the group alone, without the version; that of Services and Secrets is ''`,
  pattern: new RegExp(`^$|${DNS_NAME.source}`),
  most: 253,
});

const KIND = textOf({
  what: 'a kind',
  help: 'write it as the objects do: HTTPRoute, Service, Secret',
  pattern: /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/,
  most: 63,
});

const OBJECT_NAME = textOf({ what: 'the name of an object', help: 'give the name', least: 1, most: 253 });

const NAMESPACE = textOf({
  what: 'a namespace',
  help: 'give the name of one namespace, which has no pattern and no dots',
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  most: 63,
});

const SECTION_NAME = textOf({
  what: 'the name of a section',
  help: 'use lower-case letters, digits, hyphens and dots',
  pattern: DNS_NAME,
  most: 253,
});

const KEY = textOf({
  what: 'a key',
  help: 'use letters, digits, hyphens, underscores and dots, after a DNS name and a slash if need be',
  pattern:
    /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/,
  most: 253,
});

const ANNOTATION = textOf({ what: 'a value', help: 'write it as a text', most: 4096 });

const OPTIONS = entries(KEY, ANNOTATION, 16);

const DURATION = textOf({
  what: 'a duration',
  help: 'write whole numbers with units, as a text: 10s, 1m30s, 500ms',
  pattern: /^([0-9]{1,5}(h|m|s|ms)){1,4}$/,
});

const HEADER_NAME = textOf({
  what: 'the name of a header',
  help: 'write the name alone, without spaces and colons',
  pattern: /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/,
  most: 256,
});

const HEADER_NAMES = all(listOf(HEADER_NAME, { most: 64 }), distinct);

const ANY_TEXT = textOf();

const TEXT_LIST = all(listOf(ANY_TEXT, { most: 64 }), distinct);

const OBJECT_REFERENCE = mapping({ group: GROUP, kind: KIND, name: OBJECT_NAME, namespace: NAMESPACE }, [
  'group',
  'kind',
  'name',
]);
const LOCAL_REFERENCE = mapping({ group: GROUP, kind: KIND, name: OBJECT_NAME }, ['group', 'kind', 'name']);
const SECRET_REFERENCE = mapping({ group: GROUP, kind: KIND, name: OBJECT_NAME, namespace: NAMESPACE }, ['name']);

/** Whose name and port others look at. */
const BACKEND: Readonly<Record<string, ValueForm>> = { group: GROUP, kind: KIND, namespace: NAMESPACE };

const CLIENT_VALIDATION = mapping({
  caCertificateRefs: listOf(OBJECT_REFERENCE, { least: 1, most: 8 }),
  mode: word('AllowValidOnly', 'AllowInsecureFallback'),
});

const FRONTEND = mapping({ validation: CLIENT_VALIDATION });

const LISTENERS = listOf(
  mapping({
    hostname: textOf({ what: 'a host name', help: 'leave it out for all hosts', least: 1 }),
    protocol: textOf({ what: 'a protocol', help: 'use HTTP, HTTPS, TLS, TCP or UDP', most: 255 }),
    tls: mapping({ mode: ANY_TEXT, certificateRefs: listOf(SECRET_REFERENCE, { most: 64 }), options: OPTIONS }),
    allowedRoutes: mapping({
      namespaces: mapping({ from: ANY_TEXT, selector: mapping({}) }),
      kinds: listOf(mapping({ group: GROUP, kind: KIND }, ['kind'])),
    }),
  }),
);

export const GATEWAY = mapping({
  gatewayClassName: textOf({ what: 'the name of a class', help: 'give the name', most: 253 }),
  listeners: LISTENERS,
  addresses: listOf(mapping({ type: ANY_TEXT, value: ANY_TEXT })),
  allowedListeners: mapping({
    namespaces: mapping({ from: word('All', 'Selector', 'Same', 'None'), selector: mapping({}) }),
  }),
  infrastructure: mapping({
    labels: entries(
      ANY_TEXT,
      textOf({
        what: 'the value of a label',
        help: 'use letters, digits, hyphens, underscores and dots, at most 63',
        pattern: /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
        most: 63,
      }),
    ),
    annotations: entries(ANY_TEXT, ANNOTATION),
    parametersRef: LOCAL_REFERENCE,
  }),
  tls: mapping({
    backend: mapping({ clientCertificateRef: SECRET_REFERENCE }),
    frontend: mapping({
      default: FRONTEND,
      perPort: listOf(mapping({ port: PORT_NUMBER, tls: FRONTEND }, ['port', 'tls']), { most: 64 }),
    }),
  }),
});

export const LISTENER_SET = mapping({
  listeners: LISTENERS,
  parentRef: mapping({ group: GROUP, kind: KIND, name: OBJECT_NAME, namespace: NAMESPACE }),
});

const CONDITIONS = (most: number): ValueForm =>
  listOf(mapping({ value: textOf({ what: 'a value', help: 'give a shorter one', most }) }), { most: 16 });

const HEADERS = mapping({
  set: CONDITIONS(4096),
  add: CONDITIONS(4096),
  remove: all(listOf(ANY_TEXT, { most: 16 }), distinct),
});

const PATH = textOf({ what: 'a path', help: 'write a text', most: 1024 });

const PATH_MODIFIER = mapping({ replaceFullPath: PATH, replacePrefixMatch: PATH });

const MIRROR = mapping({ backendRef: mapping(BACKEND), fraction: mapping({ denominator: wholeNumber() }) }, [
  'backendRef',
]);

const WEIGHTED_BACKEND: Readonly<Record<string, ValueForm>> = { ...BACKEND, weight: wholeNumber(0, 1_000_000) };

const FILTERS = listOf(
  mapping({
    requestHeaderModifier: HEADERS,
    responseHeaderModifier: HEADERS,
    requestMirror: MIRROR,
    requestRedirect: mapping({ path: PATH_MODIFIER }),
    urlRewrite: mapping({ path: PATH_MODIFIER }),
    extensionRef: LOCAL_REFERENCE,
    cors: mapping({
      allowOrigins: TEXT_LIST,
      allowCredentials: flag,
      allowMethods: all(
        listOf(word('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH', '*'), { most: 9 }),
        distinct,
      ),
      allowHeaders: HEADER_NAMES,
      exposeHeaders: HEADER_NAMES,
    }),
    externalAuth: mapping(
      {
        backendRef: mapping(BACKEND),
        grpc: mapping({ allowedHeaders: TEXT_LIST }),
        http: mapping({
          path: textOf({
            what: 'a path',
            help: 'write it percent-encoded',
            pattern: /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/,
            most: 1024,
          }),
          allowedHeaders: TEXT_LIST,
          allowedResponseHeaders: TEXT_LIST,
        }),
        forwardBody: mapping({ maxSize: wholeNumber(0) }),
      },
      ['backendRef'],
    ),
  }),
);

const PARENTS = listOf(
  mapping({ group: GROUP, kind: KIND, namespace: NAMESPACE, sectionName: SECTION_NAME, port: PORT_NUMBER }),
);

const PERSISTENCE = mapping({
  sessionName: textOf({ what: 'a name', help: 'give a shorter one', most: 128 }),
  absoluteTimeout: DURATION,
  idleTimeout: DURATION,
  type: word('Cookie', 'Header'),
  cookieConfig: mapping({ lifetimeType: word('Permanent', 'Session') }),
});

function routeOf(rule: Readonly<Record<string, ValueForm>>, neededOfRule: readonly string[] = []): ValueForm {
  return mapping({
    parentRefs: PARENTS,
    hostnames: listOf(ANY_TEXT),
    rules: listOf(mapping({ name: SECTION_NAME, ...rule }, neededOfRule)),
  });
}

export const HTTP_ROUTE = routeOf({
  matches: listOf(
    mapping({ path: mapping({ value: PATH }), headers: CONDITIONS(4096), queryParams: CONDITIONS(1024) }),
  ),
  filters: FILTERS,
  backendRefs: listOf(mapping({ ...WEIGHTED_BACKEND, filters: FILTERS })),
  timeouts: mapping({}),
  retry: mapping({
    codes: all(listOf(wholeNumber(400, 599)), distinct),
    attempts: wholeNumber(),
    backoff: DURATION,
  }),
  sessionPersistence: PERSISTENCE,
});

const GRPC_NAME = textOf({ what: 'a name', help: 'give a shorter one', most: 1024 });

export const GRPC_ROUTE = routeOf({
  matches: listOf(
    mapping({
      method: mapping({ type: word('Exact', 'RegularExpression'), service: GRPC_NAME, method: GRPC_NAME }),
      headers: CONDITIONS(4096),
    }),
  ),
  filters: FILTERS,
  backendRefs: listOf(mapping({ ...WEIGHTED_BACKEND, filters: FILTERS })),
  sessionPersistence: PERSISTENCE,
});

const CONNECTION_BACKENDS = listOf(mapping(WEIGHTED_BACKEND), { least: 1 });

export const CONNECTION_ROUTE = routeOf({ backendRefs: CONNECTION_BACKENDS });

/** Which has needed backends since it is v1; the alpha versions let a route without them refuse all connections. */
export const STABLE_CONNECTION_ROUTE = routeOf({ backendRefs: CONNECTION_BACKENDS }, ['backendRefs']);

export const REFERENCE_GRANT = mapping({
  from: listOf(mapping({ group: GROUP, kind: KIND, namespace: NAMESPACE })),
  to: listOf(mapping({ group: GROUP, kind: KIND, name: OBJECT_NAME })),
});

const HOST_NAME = textOf({
  what: 'a host name',
  help: 'write a DNS name in lower case, without scheme and port; a * may stand for its first label',
  pattern: new RegExp(DNS_NAME.source.replace('^', '^(\\*\\.)?')),
  most: 253,
});

const URI = textOf({
  what: 'a URI with scheme and host',
  help: 'write it in full, as spiffe://cluster.example.com/ns/shop/sa/web',
  pattern: /^[^:/?#]+:\/\//,
  most: 253,
});

export const BACKEND_TLS_POLICY = mapping({
  options: OPTIONS,
  targetRefs: listOf(mapping({ group: GROUP, kind: KIND, name: OBJECT_NAME, sectionName: SECTION_NAME })),
  validation: mapping({
    caCertificateRefs: listOf(mapping({ group: GROUP, kind: KIND, name: OBJECT_NAME })),
    subjectAltNames: listOf(mapping({ hostname: orEmpty(HOST_NAME), uri: orEmpty(URI) })),
  }),
});

/** The empty text is refused for another reason. */
function orEmpty(form: ValueForm): ValueForm {
  return (value, path) => (value === '' ? [] : form(value, path));
}

export const GATEWAY_CLASS = mapping({
  description: ANY_TEXT,
  parametersRef: mapping({ group: GROUP, kind: KIND, namespace: NAMESPACE }, ['group']),
});
