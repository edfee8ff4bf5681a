import fc from 'fast-check';
import { readManifests } from '../../lib/manifests';
import { findingLine, findingLines, manifestsOf, readText, serviceWith } from './read-text';

const SERVICE = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
const HEADER = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n';

describe('values are those that kubectl sees', () => {
  test.each<[string, string, unknown]>([
    [
      'plain scalars',
      'spec: {a: 80, b: 1Gi, c: "80", d: true, e: , f: [1.5, x]}',
      { a: 80, b: '1Gi', c: '80', d: true, e: null, f: [1.5, 'x'] },
    ],
    ['anchors and aliases', 'spec: {a: &x {k: [1]}, b: *x}', { a: { k: [1] }, b: { k: [1] } }],
    ['merge keys', 'spec: {<<: {a: 1, b: 1}, b: 2}', { a: 1, b: 2 }],
    ['lists of merge keys, of which the earlier win', 'spec: {<<: [{a: 1}, {a: 2, b: 2}]}', { a: 1, b: 2 }],
    ['merge keys of anchored maps', 'spec: {w: &x {a: 1}, x: {<<: *x, b: 2}}', { w: { a: 1 }, x: { a: 1, b: 2 } }],
    ['a quoted merge key, which is none', 'spec: {"<<": {a: 1}}', { '<<': { a: 1 } }],
    [
      'tags',
      'spec: {a: !!str 80, b: !!int "80", c: ! 80, d: !foo 80, e: !!float 1, f: !!bool "true", g: !!binary aGk=, h: !!null ""}',
      { a: '80', b: 80, c: '80', d: '80', e: 1, f: true, g: 'hi', h: null },
    ],
    [
      'tagged maps and lists',
      'spec: {a: !foo {x: 1}, b: !!set {x}, c: !bar [1]}',
      { a: { x: 1 }, b: { x: null }, c: [1] },
    ],
    ['keys that are no text', 'spec: {80: a, 1.50: b, 0x1F: c, true: d}', { 80: 'a', '1.5': 'b', 31: 'c', true: 'd' }],
    ['block scalars', 'spec:\n  a: |\n    x\n     y\n\n  b: >-\n    x\n    y\n', { a: 'x\n y\n', b: 'x y' }],
    ['an empty document end', 'spec: {a: 1}\n...\n', { a: 1 }],
    ['octal file modes', 'spec: {defaultMode: 0644, mode: 0400}', { defaultMode: 420, mode: 256 }],
    ['brackets that are not indented', 'spec:\n  a: [\n  x,\n  ]\n  b: {\n  c: 1\n  }', { a: ['x'], b: { c: 1 } }],
    [
      'quoted lines that are not indented',
      'spec:\n  a: \'x\n  y\'\n  b: "z\n\n  z"\n  c: 1',
      { a: 'x y', b: 'z\nz', c: 1 },
    ],
    [
      'members that prototypes have',
      'spec: {constructor: 1, toString: {hasOwnProperty: 2}}',
      { constructor: 1, toString: { hasOwnProperty: 2 } },
    ],
  ])('%s', (_, yaml, spec) => {
    const read = readText(HEADER + yaml);
    expect(read.findings).toEqual([]);
    expect(manifestsOf(read)).toEqual([{ ...SERVICE, spec }]);
  });

  test.each([
    ['on the fast way', 'spec: {__proto__: {port: 80}}'],
    ['with care', 'spec: {__proto__: &x {port: 80}}'],
  ])('__proto__ is plain data, %s', (_, yaml) => {
    const [manifest] = manifestsOf(readText(HEADER + yaml)) as [{ spec: object }];
    expect(Object.entries(manifest.spec)).toEqual([['__proto__', { port: 80 }]]);
    expect(Object.getPrototypeOf(manifest.spec)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).port).toBeUndefined();
  });

  test('a merge key wins over keys before it, and it is said', () => {
    const read = readText(`${HEADER}spec:\n  a: 1\n  <<: {a: 2}\n`);
    expect(manifestsOf(read)).toEqual([{ ...SERVICE, spec: { a: 2 } }]);
    expect(findingLines(read)).toEqual([
      'NL933 warning a.yaml:5:3 Service default/web: the key "a" is set here and again by a merge key (<<) after it: the merged value counts for kubectl, and this one for other readers',
    ]);
  });
});

describe('streams', () => {
  test.each<[string, string, string[]]>([
    ['empty ones', '', []],
    ['comments', '# nothing\n---\n# here\n', []],
    ['empty documents', `---\n---\n${HEADER}---\nnull\n---\n~\n---\n# x\n`, ['web']],
    ['several documents', [HEADER, HEADER.replace('web', 'b')].join('---\n'), ['web', 'b']],
    ['CRLF', [HEADER, HEADER.replace('web', 'b')].join('---\n').replaceAll('\n', '\r\n'), ['web', 'b']],
    ['a byte order mark', `\uFEFF${HEADER}`, ['web']],
    ['a byte order mark before each document', `\uFEFF${HEADER}---\n\uFEFF${HEADER.replace('web', 'b')}`, ['web', 'b']],
    ['JSON', JSON.stringify(SERVICE, null, '\t'), ['web']],
    ['JSON values one after the other', JSON.stringify(SERVICE).repeat(2), ['web', 'web']],
    ['JSON between YAML', `${HEADER}---\n${JSON.stringify(SERVICE)}\n---\n${HEADER}`, ['web', 'web', 'web']],
    ['directives and end markers', `%YAML 1.2\n---\n${HEADER}...\n---\n${HEADER}...\n`, ['web', 'web']],
    ['a List', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [SERVICE, null, SERVICE] }), ['web', 'web']],
    ['an empty List', 'apiVersion: v1\nkind: List\nitems:\n', []],
    [
      'a List in a List',
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'List', items: [SERVICE] }] }),
      ['web'],
    ],
  ])('%s', (_, text, names) => {
    const read = readText(text);
    expect(read.findings).toEqual([]);
    expect(manifestsOf(read)).toMatchObject(names.map((name) => ({ kind: 'Service', metadata: { name } })));
    expect(read.skipped).toEqual([]);
  });

  test('items of a list of one kind need no header', () => {
    const read = readText(
      'apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: a}\n- {apiVersion: v1, kind: Service, metadata: {name: b}}\n',
    );
    expect(manifestsOf(read)).toEqual([
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'b' } },
    ]);
    expect(read.findings).toEqual([]);
  });

  test('a broken document hides no other', () => {
    const read = readText(
      `${HEADER}---\na: b: c\n---\n${HEADER.replace('web', 'b')}---\n\tx: 1\n---\n${HEADER.replace('web', 'c')}`,
    );
    expect(manifestsOf(read)).toMatchObject(['web', 'b', 'c'].map((name) => ({ metadata: { name } })));
    expect(findingLines(read)).toEqual([
      'NL931 error a.yaml:5:5 -: bad indentation of a mapping entry',
      'NL931 error a.yaml:11:1 -: a tab is used for indentation',
    ]);
  });

  test('the order of the files means nothing', () => {
    const files = ['c', 'a', 'b'].map((name) => ({
      path: `${name}.yaml`,
      bytes: Buffer.from(`${HEADER}spec: {on: 1}`),
    }));
    const expected = ['a', 'b', 'c'].map(
      (name) =>
        `NL933 warning ${name}.yaml:4:8 Service default/web: the key on is true for kubectl, and text for readers of YAML 1.2`,
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: 3 }), (shuffled) => {
        const read = readManifests(shuffled);
        expect(read.files).toBe(3);
        expect(findingLines(read)).toEqual(expected);
        expect(read.objects.map(({ locate }) => locate([]).file)).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
      }),
    );
  });
});

describe('what is wrong with the text', () => {
  test.each<[string, string, string[]]>([
    [
      'a merge conflict',
      'a:\n<<<<<<< HEAD\n  b: 1\n=======\n  b: 2\n>>>>>>> main\n',
      ['NL931 error a.yaml:2:1 -: there is a merge conflict here'],
    ],
    ['a reserved character', 'a: @NAME@', ['NL931 error a.yaml:1:4 -: a value cannot start with @']],
    ['a reserved character in brackets', 'a: [`b`]', ['NL931 error a.yaml:1:5 -: a value cannot start with `']],
    ['a tab in the indentation', 'a:\n\tb: 1', ['NL931 error a.yaml:2:1 -: a tab is used for indentation']],
    ['a tab before a dash', 'a:\t- b', ['NL931 error a.yaml:1:3 -: there is a tab where YAML allows only spaces']],
    ['a tab on a blank line', 'a: 1\n\t\nb: 2\n---\nc: 3', ['NL931 error a.yaml:2:1 -: a tab is used for indentation']],
    ['a tab before a comment', 'a: "x"\n\t# c\n', ['NL931 error a.yaml:2:1 -: a tab is used for indentation']],
    ['a tab in a block scalar', 'a: |\n  x\n\t\n', ['NL931 error a.yaml:3:1 -: a tab is used for indentation']],
    ['a NUL', 'a: 1\nb: \0', ['NL931 error a.yaml:2:4 -: a NUL character is no text']],
    ['a control character', 'a: 1\nb: \x07', ['NL931 error a.yaml:2:4 -: a control character is no text']],
    ['a DEL', 'a: 1\nb: "\x7f"', ['NL931 error a.yaml:2:5 -: a control character is no text']],
    ['no character, in quotes', "a: 1\nb: '\ufffe'", ['NL931 error a.yaml:2:5 -: a control character is no text']],
    ['a DEL in a comment', 'a: 1 # \x7f', ['NL931 error a.yaml:1:8 -: a control character is no text']],
    [
      'half of a character',
      'a: "x\\ud83d\\ude00"',
      ['NL931 error a.yaml:1:6 -: an escape stands for no character, or for half of one as in JSON'],
    ],
    [
      'half of a character in a key of a later document',
      'a: 1\n---\n"\\udead": 1',
      ['NL931 error a.yaml:3:2 -: an escape stands for no character, or for half of one as in JSON'],
    ],
    [
      'a number of no character',
      'a: "\\U00110000"',
      ['NL931 error a.yaml:1:5 -: an escape stands for no character, or for half of one as in JSON'],
    ],
    [
      'an alias of nothing',
      'a: 1\nb: *nope',
      ['NL931 error a.yaml:2:4 -: *nope refers to an anchor that is not there'],
    ],
    [
      'an alias of an anchor of another document',
      '---\na: &x 1\n---\nb: *x',
      ['NL931 error a.yaml:4:4 -: *x refers to an anchor that is not there'],
    ],
    ['an alias of itself', 'a: &x [*x]', ['NL931 error a.yaml:1:8 -: *x stands inside of what it stands for']],
    ['a list as a key', '? [a]\n: b', ['NL931 error a.yaml:1:3 -: a key is a list, and the keys of JSON are text']],
    ['null as a key', 'a: {~: 1}', ['NL931 error a.yaml:1:5 -: a key is null, and the keys of JSON are text']],
    ['infinity', 'a: .inf', ['NL931 error a.yaml:1:4 -: .inf is a number that JSON does not have']],
    ['a tag that does not fit', 'a: !!int x', ['NL931 error a.yaml:1:10 -: "x" is not what its tag !!int says']],
    ['a merge of no map', 'a: {<<: 1}', ['NL931 error a.yaml:1:5 -: a merge key (<<) merges something that is no map']],
    [
      'a bracket that stays open',
      'a: [b',
      ['NL931 error a.yaml:1:6 -: unexpected end of the stream within a flow collection'],
    ],
    [
      'a quote that stays open',
      'a: "b',
      ['NL931 error a.yaml:1:6 -: unexpected end of the stream within a double quoted scalar'],
    ],
    [
      'all problems of a document',
      'a: *x\nb: *y',
      [
        'NL931 error a.yaml:1:4 -: *x refers to an anchor that is not there',
        'NL931 error a.yaml:2:4 -: *y refers to an anchor that is not there',
      ],
    ],
    [
      'broken JSON',
      '{"apiVersion": "v1"',
      ['NL931 error a.yaml:1:20 -: unexpected end of the stream within a flow collection'],
    ],
    [
      '5,000 brackets',
      '['.repeat(5000),
      ['NL940 error a.yaml:1:500 -: the document is nested more than 500 levels deep'],
    ],
    [
      'deep maps',
      Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      ['NL940 error a.yaml:500:500 -: the document is nested more than 500 levels deep'],
    ],
    [
      'depth by aliases',
      ['a0: &a0 [x]', ...Array.from({ length: 600 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`)].join(
        '\n',
      ),
      ['NL940 error a.yaml:1:1 -: the document is nested more than 500 levels deep'],
    ],
    [
      'an alias bomb',
      [
        'a: &a [x,x,x,x,x,x,x,x,x]',
        ...Array.from(
          'bcdefghi',
          (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`,
        ),
      ].join('\n'),
      [
        'NL940 error a.yaml:1:1 -: the document is an alias bomb: replacing its aliases makes it more than a hundred times larger',
      ],
    ],
  ])('%s', (_, text, lines) => {
    expect(findingLines(readText(text))).toEqual(lines);
  });

  test('a file that is not UTF-8', () => {
    const read = readManifests([
      { path: 'a.yaml', bytes: Buffer.from('a: 1\nb: \xfc', 'latin1') },
      { path: 'b.yaml', bytes: Buffer.from('\uFEFFa', 'utf16le') },
    ]);
    expect(findingLines(read)).toEqual([
      'NL939 error a.yaml:2:4 -: the file is not UTF-8 text: byte 0xfc',
      'NL939 error b.yaml:null:null -: the file is UTF-16, and Kubernetes tools read UTF-8',
    ]);
  });

  test('many aliases of a large value are no bomb', () => {
    const base = `base: &base {${Array.from({ length: 300 }, (_, index) => `k${index}: v`).join(', ')}}`;
    const uses = Array.from({ length: 60 }, (_, index) => `u${index}: *base`);
    const read = readText(`${HEADER}spec:\n  ${[base, ...uses].join('\n  ')}`);
    expect(read.findings).toEqual([]);
    expect(read.objects).toHaveLength(1);
  });

  test('long lines, long scalars and many documents are read', () => {
    const read = readText(
      `${HEADER}# ${'x'.repeat(200_000)}\n---\n${HEADER}data: {a: "${'y'.repeat(200_000)}"}\n${`---\n${HEADER}`.repeat(3000)}`,
    );
    expect(read.findings).toEqual([]);
    expect(read.objects).toHaveLength(3002);
  });
});

describe('duplicate keys', () => {
  test('the last one counts, as for kubectl, and each is reported with the first', () => {
    const read = readText(serviceWith('  ports:\n    - port: 80\n      port: 81\n      "port": 82'));
    expect(manifestsOf(read)).toMatchObject([{ spec: { ports: [{ port: 82 }] } }]);
    expect(findingLines(read)).toEqual(
      [9, 10].map(
        (line) =>
          `NL932 error a.yaml:${line}:7 Service shop/web: the key "port" appears twice in this map: kubectl takes the last value, other readers refuse the document`,
      ),
    );
    expect(read.findings[0]).toMatchObject({
      help: 'keep one of them, or join their values',
      related: [{ message: 'it appears here first', object: null, origin: { file: 'a.yaml', line: 8, column: 7 } }],
    });
  });

  test.each([
    [
      'without a separator',
      '',
      'a second object starts here without a --- before it, so that the first object is lost',
      'put a line with --- between the objects',
    ],
    [
      'with one that is glued to a value',
      '---',
      'a second object starts here: the --- before it is not at the start of a line, so it is a part of the value, and the first object is lost',
      'put a line break before the ---',
    ],
  ])('two objects %s', (_, glued, message, help) => {
    const read = readText(`${serviceWith('  type: ClusterIP').trimEnd()}${glued}\n${HEADER.replace('web', 'api')}`);
    expect(findingLines(read)).toEqual([`NL941 error a.yaml:8:1 Service shop/web: ${message}`]);
    expect(read.findings[0]).toMatchObject({
      help,
      related: [{ message: 'the object that is lost starts here', origin: { line: 1, column: 1 } }],
    });
    expect(manifestsOf(read)).toMatchObject([{ metadata: { name: 'api' } }]);
  });
});

describe('values that readers understand differently', () => {
  test.each<[string, string, string[]]>([
    [
      'a boolean of YAML 1.1',
      '  a: yes',
      ['NL933 warning a.yaml:7:6 Service shop/web: a: yes is true for kubectl, and text for readers of YAML 1.2'],
    ],
    [
      'as a key',
      '  y: 1',
      ['NL933 warning a.yaml:7:3 Service shop/web: the key y is true for kubectl, and text for readers of YAML 1.2'],
    ],
    [
      'in a list',
      '  a: [x, off]',
      ['NL933 warning a.yaml:7:10 Service shop/web: a: off is false for kubectl, and text for readers of YAML 1.2'],
    ],
    [
      'an octal number',
      '  port: 0123',
      [
        'NL933 warning a.yaml:7:9 Service shop/web: port: 0123 is the octal number 83 for kubectl, and 123 for readers of YAML 1.2',
      ],
    ],
    [
      'a base 60 number',
      '  a: 22:22',
      [
        'NL933 warning a.yaml:7:6 Service shop/web: a: 22:22 is text for kubectl, and the base 60 number 1342 for other readers of YAML 1.1',
      ],
    ],
    [
      'an exponent',
      '  memory: 1e9',
      [
        'NL933 warning a.yaml:7:11 Service shop/web: memory: 1e9 is the number 1000000000 for kubectl, and text for readers of YAML 1.1',
      ],
    ],
    [
      'an exponent where a whole number is needed',
      '  port: 8e1',
      [
        'NL933 error a.yaml:7:9 Service shop/web: port: 8e1 is the number 80 for kubectl, and text for readers of YAML 1.1, and refused by JSON readers of whole numbers',
      ],
    ],
    ['all in quotes', '  a: "yes"\n  b: \'0123\'\n  c: "22:22"\n  "on": "1e9"', []],
  ])('%s', (_, spec, lines) => {
    expect(findingLines(readText(serviceWith(spec)))).toEqual(lines);
  });
});

describe('values that have to be text', () => {
  test.each<[string, string, string[]]>([
    [
      'a number that changes',
      'metadata: {name: web, labels: {v: 1.10}}',
      [
        'NL938 error a.yaml:3:35 Service default/web: labels: "v" is the number 1.1 (written 1.10), and the API server takes nothing but text here',
      ],
    ],
    [
      'a number',
      'metadata: {name: web, annotations: {v: 1}}',
      [
        'NL938 error a.yaml:3:40 Service default/web: annotations: "v" is the number 1, and the API server takes nothing but text here',
      ],
    ],
    [
      'a boolean',
      'metadata: {name: web, labels: {v: yes}}',
      [
        'NL938 error a.yaml:3:35 Service default/web: labels: "v" is the boolean true (written yes), and the API server takes nothing but text here',
      ],
    ],
    [
      'a map',
      'metadata: {name: web, labels: {v: {}}}',
      [
        'NL938 error a.yaml:3:32 Service default/web: labels: "v" is a map, and the API server takes nothing but text here',
      ],
    ],
    [
      'a selector',
      'metadata: {name: web}\nspec: {selector: {v: 1}}',
      [
        'NL938 error a.yaml:4:22 Service default/web: selector: "v" is the number 1, and the API server takes nothing but text here',
      ],
    ],
    [
      'a label selector',
      'metadata: {name: web}\nspec: {selector: {matchLabels: {v: 1}}}',
      [
        'NL938 error a.yaml:4:36 Service default/web: matchLabels: "v" is the number 1, and the API server takes nothing but text here',
      ],
    ],
    [
      'in a pod template',
      'metadata: {name: web}\nspec: {template: {metadata: {labels: {v: 1}}}}',
      [
        'NL938 error a.yaml:4:42 Service default/web: labels: "v" is the number 1, and the API server takes nothing but text here',
      ],
    ],
    ['an absent value is none', 'metadata: {name: web, labels: {v: }, annotations: {w: ~}}', []],
    [
      'a JSON schema is none',
      'metadata: {name: web}\nspec: {properties: {labels: {type: object, nullable: true}, nodeSelector: {x: true}, metadata: {properties: {labels: {x: true}}}}}',
      [],
    ],
  ])('%s', (_, yaml, lines) => {
    expect(findingLines(readText(`apiVersion: v1\nkind: Service\n${yaml}`))).toEqual(lines);
  });
});

test('what a field of a kind that nobody knows holds is not said to be refused', () => {
  const release = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n';
  const values = 'spec: {values: {nodeSelector: {v: 1}, podLabels: {v: 1}, selector: {matchLabels: {v: 1}}}}';
  expect(findingLines(readText(`${release}metadata: {name: web}\n${values}`))).toEqual([]);
  expect(findingLines(readText(`${release}metadata: {name: web, labels: {v: 1}}\n${values}`))).toEqual([
    'NL938 error a.yaml:3:35 HelmRelease default/web: labels: "v" is the number 1, and the API server takes nothing but text here',
  ]);
});

test.each<[string, string, string]>([
  [
    'a key',
    '\u00a0\u00a0namespace: shop',
    'NL937 error a.yaml:4:1 Service default/web: the key "\\u00a0\\u00a0namespace" begins or ends with a character that cannot be seen, which is a part of it',
  ],
  [
    'a value',
    'spec: {a: x\u200b}',
    'NL937 warning a.yaml:4:11 Service default/web: the value "x\\u200b" begins or ends with a character that cannot be seen, which is a part of it',
  ],
])('%s with a character that cannot be seen', (_, yaml, line) => {
  expect(findingLines(readText(HEADER + yaml))).toEqual([line]);
});

test('characters that cannot be seen are fine within text and in quotes', () => {
  expect(readText(`${HEADER}data: {a: x\u00a0y, b: "\u00a0x", c: "\u200b"}`).findings).toEqual([]);
});

describe('identity', () => {
  test.each<[string, string, string, string]>([
    [
      'a kind in lower case',
      'v1',
      'service',
      'NL934 error a.yaml:2:7 service default/web: v1 has no kind service; did you mean Service?',
    ],
    [
      'a misspelled kind',
      'apps/v1',
      'Deploymnet',
      'NL934 error a.yaml:2:7 Deploymnet default/web: apps/v1 has no kind Deploymnet; did you mean Deployment?',
    ],
    [
      'a kind of an add-on in the wrong case',
      'gateway.networking.k8s.io/v1',
      'HttpRoute',
      'NL934 error a.yaml:2:7 HttpRoute default/web: gateway.networking.k8s.io/v1 has no kind HttpRoute; did you mean HTTPRoute?',
    ],
    [
      'the wrong group',
      'apps/v1',
      'Service',
      'NL935 error a.yaml:1:13 Service default/web: apiVersion apps/v1 has no kind Service; did you mean v1?',
    ],
    [
      'no group',
      'v1',
      'Deployment',
      'NL935 error a.yaml:1:13 Deployment default/web: apiVersion v1 has no kind Deployment; did you mean apps/v1?',
    ],
    [
      'no version',
      'apps',
      'Deployment',
      'NL935 error a.yaml:1:13 Deployment default/web: apiVersion apps has no kind Deployment; did you mean apps/v1?',
    ],
    [
      'a group of Kubernetes that is not there',
      'network.k8s.io/v1',
      'Ingress',
      'NL935 error a.yaml:1:13 Ingress default/web: apiVersion network.k8s.io/v1 has no kind Ingress; did you mean networking.k8s.io/v1?',
    ],
    [
      'a group that Gateway API does not have',
      'gateway.k8s.io/v1',
      'HTTPRoute',
      'NL935 error a.yaml:1:13 HTTPRoute default/web: apiVersion gateway.k8s.io/v1 has no kind HTTPRoute; did you mean gateway.networking.k8s.io/v1?',
    ],
    ['a group of Kubernetes that has another kind of that name', 'audit.k8s.io/v1', 'Event', ''],
    [
      'a version that a kind never had',
      'networking.k8s.io/v1beta1',
      'NetworkPolicy',
      'NL935 error a.yaml:1:13 NetworkPolicy default/web: apiVersion networking.k8s.io/v1beta1 has no kind NetworkPolicy; did you mean networking.k8s.io/v1?',
    ],
    [
      'the version of the storage of Calico',
      'projectcalico.org/v1',
      'IPPool',
      'NL935 error a.yaml:1:13 IPPool web: apiVersion projectcalico.org/v1 has no kind IPPool; did you mean projectcalico.org/v3?',
    ],
    ['a removed version', 'apps/v1beta2', 'Deployment', ''],
    [
      'a nearly right group',
      'networking.k8s.oi/v1',
      'Ingress',
      'NL935 error a.yaml:1:13 Ingress default/web: apiVersion networking.k8s.oi/v1 has no kind Ingress; did you mean networking.k8s.io/v1?',
    ],
    [
      'a group without a dot',
      'networking/v1',
      'Ingress',
      'NL935 error a.yaml:1:13 Ingress default/web: apiVersion networking/v1 has no kind Ingress; did you mean networking.k8s.io/v1?',
    ],
    [
      'a kind of several groups',
      'apps/v1',
      'NetworkPolicy',
      'NL935 error a.yaml:1:13 NetworkPolicy default/web: apiVersion apps/v1 has no kind NetworkPolicy; did you mean networking.k8s.io/v1 or projectcalico.org/v3 or crd.projectcalico.org/v1?',
    ],
    [
      'an unknown version of the core',
      'v2',
      'Pod',
      'NL935 error a.yaml:1:13 Pod default/web: apiVersion v2 has no kind Pod; did you mean v1?',
    ],
    [
      'too many slashes',
      'apps/v1/x',
      'Deployment',
      'NL935 error a.yaml:1:13 Deployment default/web: apiVersion "apps/v1/x" is not of the form VERSION or GROUP/VERSION',
    ],
    ['a custom resource', 'example.com/v1', 'service', ''],
    ['a custom resource of the same name', 'serving.knative.dev/v1', 'Service', ''],
    ['a group of the SIGs', 'scheduling.x-k8s.io/v1alpha1', 'PodGroup', ''],
    ['a removed API', 'extensions/v1beta1', 'Ingress', ''],
    ['a kind that may be new', 'networking.k8s.io/v1', 'Tunnel', ''],
  ])('%s', (_, apiVersion, kind, line) => {
    const read = readText(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: web}\n`);
    expect(findingLines(read)).toEqual(line === '' ? [] : [line]);
    expect(read.objects).toHaveLength(1);
  });

  test.each<[string, string, string[], number]>([
    [
      'no kind',
      'apiVersion: v1\nmetadata: {name: web, namespace: shop}',
      ['NL936 error a.yaml:1:1 (unknown) shop/web: kind is missing'],
      0,
    ],
    [
      'no apiVersion',
      'kind: Service\nmetadata: {name: web}',
      ['NL936 error a.yaml:1:1 Service default/web: apiVersion is missing'],
      0,
    ],
    [
      'neither',
      'metadata: {name: web}\nspec: {}',
      [
        'NL936 error a.yaml:1:1 (unknown) default/web: apiVersion is missing',
        'NL936 error a.yaml:1:1 (unknown) default/web: kind is missing',
      ],
      0,
    ],
    [
      'no name',
      'apiVersion: v1\nkind: Service\nmetadata:\n  namespace: shop',
      ['NL936 error a.yaml:3:1 Service shop/(unknown): metadata.name is missing'],
      1,
    ],
    [
      'no metadata',
      'apiVersion: v1\nkind: Service',
      ['NL936 error a.yaml:1:1 Service default/(unknown): metadata.name is missing'],
      1,
    ],
    [
      'no name of a kind without namespaces',
      'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: y}',
      [
        'NL933 warning a.yaml:3:18 IngressClass (unknown): name: y is true for kubectl, and text for readers of YAML 1.2',
        'NL936 error a.yaml:3:18 IngressClass (unknown): metadata.name is the boolean true, and the API server takes nothing but text here',
      ],
      1,
    ],
    [
      'an empty name',
      'apiVersion: v1\nkind: Service\nmetadata: {name: ""}',
      ['NL936 error a.yaml:3:18 Service default/(unknown): metadata.name is missing'],
      1,
    ],
    [
      'a number as name',
      'apiVersion: v1\nkind: Service\nmetadata: {name: 12}',
      [
        'NL936 error a.yaml:3:18 Service default/(unknown): metadata.name is the number 12, and the API server takes nothing but text here',
      ],
      1,
    ],
    [
      'a number as namespace',
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: 1}',
      [
        'NL936 error a.yaml:3:34 Service default/web: metadata.namespace is the number 1, and the API server takes nothing but text here',
      ],
      1,
    ],
    [
      'a number as apiVersion',
      'apiVersion: 1\nkind: Service\nmetadata: {name: web}',
      [
        'NL936 error a.yaml:1:13 Service default/web: apiVersion is the number 1, and the API server takes nothing but text here',
      ],
      0,
    ],
    ['a name that is generated', 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: x-}', [], 1],
    ['a configuration without a name', 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration', [], 1],
    [
      'text as an item',
      'apiVersion: v1\nkind: List\nitems: [x]',
      ['NL936 error a.yaml:3:9 (unknown) default/(unknown): an item of a list is the string "x", not an object'],
      0,
    ],
  ])('%s', (_, yaml, lines, objects) => {
    const read = readText(yaml);
    expect(findingLines(read)).toEqual(lines);
    expect(read.objects).toHaveLength(objects);
  });

  test('findings lie on the items of a list', () => {
    const read = readText(
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n- apiVersion: v1\n  kind: service\n  metadata: {name: b}\n  spec: {x: 0123}\n',
    );
    expect(read.findings.map(findingLine)).toEqual([
      'NL933 warning a.yaml:10:13 service default/b: x: 0123 is the octal number 83 for kubectl, and 123 for readers of YAML 1.2',
      'NL934 error a.yaml:8:9 service default/b: v1 has no kind service; did you mean Service?',
    ]);
  });
});

describe('what is no manifest is skipped, and it is said', () => {
  const TEMPLATE = 'a template that is not rendered: render it first, for example with helm template';
  const KUSTOMIZATION = 'a kustomization: render it with kustomize build, or kubectl kustomize';
  const NO_OBJECT = 'not a Kubernetes object: it has no apiVersion and kind';

  test.each<[string, string, string, string]>([
    [
      'a stage of a migration',
      'dist/migration/pods/2-disable/pool.yaml',
      'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: a}\nspec: {disabled: true}\n',
      'a stage of a migration: it is applied by itself, as its runbook says',
    ],
    ['a Compose file', 'a.yaml', 'services:\n  web: {image: nginx}\n', 'a Compose file'],
    ['a Compose file by its name', 'docker-compose.yml', 'services:\n  web: {extends: x}\n', 'a Compose file'],
    ['a kustomization', 'k/kustomization.yaml', 'resources: [a.yaml]\n', KUSTOMIZATION],
    [
      'a kustomization with a header',
      'k.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
      KUSTOMIZATION,
    ],
    [
      'values',
      'chart/values.yaml',
      'image: nginx\nservice: {port: 80}\n',
      'values of a Helm chart: render the chart with helm template',
    ],
    [
      'values of an environment',
      'chart/values-prod.yaml',
      'replicas: 2\n',
      'values of a Helm chart: render the chart with helm template',
    ],
    [
      'a chart',
      'chart/Chart.yaml',
      'apiVersion: v2\nname: web\nversion: 1.2.3\n',
      'the metadata of a Helm chart: render the chart with helm template',
    ],
    ['a kubeconfig', 'config.yaml', 'apiVersion: v1\nkind: Config\nclusters: []\n', 'a kubeconfig'],
    ['package.json', 'package.json', '{"name": "web", "version": "1.0.0"}', 'a package.json'],
    ['a tsconfig', 'tsconfig.dev.json', '{"compilerOptions": {}}', 'a tsconfig'],
    ['JSON with comments', 'x.json', '{\n  // why\n  "a": 1,\n}', NO_OBJECT],
    ['a GitHub workflow', 'ci.yaml', 'on: push\njobs:\n  test: {steps: [{run: x}]}\n', 'a GitHub workflow'],
    ['a JSON schema', 's.json', '{"$schema": "https://json-schema.org/draft/2020-12/schema"}', 'a JSON schema'],
    [
      'something with a kind',
      'drone.yaml',
      'kind: pipeline\ntype: docker\nname: x\n',
      'not a Kubernetes object: it has no apiVersion',
    ],
    ['any other map', 'a.yaml', 'a: 1\n', NO_OBJECT],
    ['text', 'a.yaml', 'just text\n', 'a document that is a string, not an object'],
    ['a number', 'a.yaml', '42\n', 'a document that is a number, not an object'],
    ['a list', 'a.yaml', '- op: add\n  path: /x\n', 'a document that is a list, not an object'],
    ['a template with a block', 'a.yaml', `{{- if .Values.x }}\n${HEADER}{{- end }}\n`, TEMPLATE],
    ['a template with a value', 'a.yaml', `${HEADER}spec:\n  type: {{ .Values.type }}\n`, TEMPLATE],
    [
      'a template with a part of a value',
      'a.yaml',
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}-web\n',
      TEMPLATE,
    ],
    [
      'a template with quotes',
      'a.yaml',
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: "{{ .Release.Name }}"\n',
      TEMPLATE,
    ],
    [
      'a template with an include',
      'a.yaml',
      'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    {{- include "x" . | nindent 4 }}\n',
      TEMPLATE,
    ],
    ['a template of k3s', 'a.yaml', `${HEADER}spec:\n  clusterIP: %{CLUSTER_DNS}%\n`, TEMPLATE],
    ['a Jinja template', 'a.yaml', `${HEADER}spec:\n{% if x %}\n  a: 1\n{% endif %}\n`, TEMPLATE],
  ])('%s', (_, path, text, because) => {
    const read = readText(text, path);
    expect(read.findings).toEqual([]);
    expect(read.objects).toEqual([]);
    expect(read.skipped).toEqual([{ path, because }]);
  });

  test('a reason is said once for each file, and the objects beside are read', () => {
    const read = readText(`a: 1\n---\n${HEADER}---\nb: 1\n`);
    expect(read.skipped).toEqual([{ path: 'a.yaml', because: NO_OBJECT }]);
    expect(read.objects).toHaveLength(1);
  });

  test('braces in text are no template', () => {
    const read = readText(`${HEADER}data:\n  a: "{{ $labels.pod }}"\n  b: |\n    {{ range . }}\n`);
    expect(read.skipped).toEqual([]);
    expect(read.objects).toHaveLength(1);
  });
});
