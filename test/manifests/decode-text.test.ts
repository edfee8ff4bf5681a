import fc from 'fast-check';
import { decodeText } from '../../lib/manifests/decode-text';

test.each<[string, Buffer, string]>([
  ['ASCII', Buffer.from('a: 1'), 'a: 1'],
  ['UTF-8', Buffer.from('a: ü€😀'), 'a: ü€😀'],
  ['a byte order mark', Buffer.from('\uFEFFa: 1'), 'a: 1'],
  [
    'byte order marks of documents',
    Buffer.from('\uFEFFa: 1\n--- # x\r\n\uFEFFb: \uFEFF2'),
    'a: 1\n--- # x\r\nb: \uFEFF2',
  ],
  ['a replacement character that is meant', Buffer.from('a: \uFFFD'), 'a: \uFFFD'],
  ['nothing', Buffer.alloc(0), ''],
])('reads %s', (_, bytes, text) => {
  expect(decodeText(bytes)).toMatchObject({ text, problem: null });
});

test.each<[string, Buffer, string, number | null]>([
  [
    'UTF-16, little endian',
    Buffer.from('\uFEFFa: 1', 'utf16le'),
    'the file is UTF-16, and Kubernetes tools read UTF-8',
    null,
  ],
  [
    'UTF-16, big endian',
    Buffer.from('\uFEFFa: 1', 'utf16le').swap16(),
    'the file is UTF-16, and Kubernetes tools read UTF-8',
    null,
  ],
  [
    'UTF-16 without a mark',
    Buffer.from('a: 1', 'utf16le'),
    'the file is UTF-16, and Kubernetes tools read UTF-8',
    null,
  ],
  [
    'UTF-32',
    Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]),
    'the file is UTF-32, and Kubernetes tools read UTF-8',
    null,
  ],
  ['UTF-32 without a mark', Buffer.from([0x61, 0, 0, 0]), 'the file is UTF-32, and Kubernetes tools read UTF-8', null],
  ['Latin 1', Buffer.from('a: \xfc', 'latin1'), 'the file is not UTF-8 text: byte 0xfc', 3],
  [
    'an invalid byte after a valid replacement character',
    Buffer.concat([Buffer.from('\uFFFDä'), Buffer.from([0xff])]),
    'the file is not UTF-8 text: byte 0xff',
    2,
  ],
  [
    'an invalid byte after a byte order mark',
    Buffer.concat([Buffer.from('\uFEFFab'), Buffer.from([0xc3])]),
    'the file is not UTF-8 text: byte 0xc3',
    3,
  ],
])('refuses %s', (_, bytes, message, offset) => {
  expect(decodeText(bytes).problem).toMatchObject({ message, offset });
});

test('any text comes back, any bytes are answered', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      fc.pre(!text.includes('\uFEFF') && !text.includes('\0'));
      expect(decodeText(Buffer.from(text))).toMatchObject({ text, original: text, problem: null });
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const { text, problem } = decodeText(bytes);
      const offset = problem?.offset ?? null;
      expect(offset === null ? '\uFFFD' : text[offset]).toBe('\uFFFD');
    }),
  );
});
