import { compareText, finding, type Finding, type ObjectRef, type Origin } from '../finding/finding';
import { isK3sConfig } from '../model/config-document';
import { concat, flatMap } from '../model/lists';
import { member, text } from '../model/json';
import { apiGroup, fixOf, type SourceObject } from '../model/source-object';
import { decodeText } from './decode-text';
import { fileText, type FileText } from './file-text';
import { hasHeader, identityFindings, isComplete, objectRef } from './identity-findings';
import { objectAt, objectsOf } from './list-items';
import { isKnownGroup } from './known-kinds';
import type { ManifestFile } from './manifest-file';
import { notKubernetes } from './not-kubernetes';
import { documentPlaces, type LocateIn } from './places';
import { type ReadDocument, readDocuments } from './read-documents';
import type { Remark } from './remark';
import { NOT_UTF8, VALUE_NOT_TEXT } from './rules';
import { type SharedTexts, sharedTexts } from './shared-texts';
import { breaksOnTemplate, isTemplate, mayHaveTemplates, UNRENDERED_TEMPLATE } from './unrendered-template';

/** What is in files. Sorted by the paths of the files; the order in which they come means nothing. */
export interface ReadManifests {
  /** Objects that have an apiVersion and a kind, as kubectl reads them; those of lists one by one. */
  readonly objects: readonly SourceObject[];
  /** In the order of files and documents. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedInput[];
  /** How many files there are. */
  readonly files: number;
}

/** A file, or a part of it, that is no manifest. */
export interface SkippedInput {
  readonly path: string;
  /** What it is instead: `a Compose file`. */
  readonly because: string;
}

/** What is in one file. */
export interface ReadFile {
  readonly path: string;
  /** Whole documents, those that are no objects too. */
  readonly documents: readonly SourceObject[];
  readonly objects: readonly SourceObject[];
  readonly findings: readonly Finding[];
  /** What of it is no manifest, in words. */
  readonly skipped: readonly string[];
}

/** Reads the objects of YAML and JSON files. Never throws: what cannot be read is a finding, and all else is read. */
export function readManifests(files: Iterable<ManifestFile>): ReadManifests {
  return manifestsOf(readFiles(files));
}

/** The same file by file, sorted by path. */
export function readFiles(files: Iterable<ManifestFile>): readonly ReadFile[] {
  const locateIn = documentPlaces();
  const shared = sharedTexts();
  return [...files].map((file) => readFile(file, locateIn, shared)).sort((a, b) => compareText(a.path, b.path));
}

function manifestsOf(read: readonly ReadFile[]): ReadManifests {
  return {
    objects: flatMap(read, ({ objects }) => objects),
    findings: flatMap(read, ({ findings }) => findings),
    skipped: flatMap(read, ({ path, skipped }) => skipped.map((because) => ({ path, because }))),
    files: read.length,
  };
}

function readFile({ path, bytes }: ManifestFile, locateIn: LocateIn, shared: SharedTexts): ReadFile {
  const { text, problem } = decodeText(bytes);
  const file = fileText(path, text);
  if (problem !== null) {
    const { message, help, offset } = problem;
    const origin = offset === null ? { file: path, line: null, column: null, construct: null } : file.originAt(offset);
    return { path, documents: [], objects: [], findings: [finding(NOT_UTF8, { message, help, origin })], skipped: [] };
  }
  const hasTemplates = mayHaveTemplates(text);
  const documents: SourceObject[] = [];
  const objects: SourceObject[] = [];
  const findings: Finding[] = [];
  const skipped = new Set<string>();
  for (const [index, document] of readDocuments(text, shared).entries()) {
    const read = readDocument(file, document, index, hasTemplates, locateIn);
    if (read.root !== undefined) documents.push(read.root);
    for (const object of read.objects) objects.push(object);
    for (const found of read.findings) findings.push(found);
    for (const because of read.skipped) skipped.add(because);
  }
  return { path, documents, objects, findings, skipped: [...skipped] };
}

type ReadObjects = Omit<ReadFile, 'path' | 'documents'> & { readonly root?: SourceObject };

const NONE: readonly never[] = [];
const NOTHING: ReadObjects = { objects: NONE, findings: NONE, skipped: NONE };

function readDocument(
  file: FileText,
  document: ReadDocument,
  index: number,
  hasTemplates: boolean,
  locateIn: LocateIn,
): ReadObjects {
  const { batch, firstPlace, valueStart, problem, value } = document;
  if (problem !== null || value === null) return unreadableDocument(file, document);
  const because = hasTemplates && isTemplate(value) ? UNRENDERED_TEMPLATE : notKubernetes(value, file.path);
  const place = { file, batch, firstPlace, valueStart, value };
  const root: SourceObject = {
    manifest: value,
    locate: (path, part) => locateIn(place, path, part),
    source: { file: file.path, document: index, path: NONE },
  };
  const remarks = document.remarks.filter((remark) => !isFreeForm(root, remark));
  // No object, but it says what the cluster is.
  if (isK3sConfig(value)) {
    return { root, objects: [root], findings: remarks.map((remark) => remarkFinding(file, remark, null)), skipped: [] };
  }
  if (because !== undefined) return { ...skip(because), root };
  const objects = objectsOf(root);
  // The way of nearly every document.
  if (remarks.length === 0 && objects.length === 1 && objects[0] === root && isComplete(root)) {
    const findings = identityFindings(root);
    return { root, objects, findings, skipped: NONE };
  }
  return {
    root,
    objects: objects.filter(hasHeader),
    findings: concat(
      remarks.map((remark) => remarkFinding(file, remark, objectRef(remarkedObject(root, remark)), root.source)),
      flatMap(objects, identityFindings),
    ),
    skipped: [],
  };
}

/** A template breaks a document where it stands: there is no need to look at all that follows from that. */
const LOOKED_AT = 10;

function unreadableDocument(file: FileText, { start, end, problem, remarks }: ReadDocument): ReadObjects {
  const source = file.text.slice(start, end);
  const places = concat(problem === null ? [] : [problem], remarks);
  if (places.slice(0, LOOKED_AT).some(({ offset }) => breaksOnTemplate(source, offset - start)))
    return skip(UNRENDERED_TEMPLATE);
  if (problem === null) return { ...NOTHING, findings: remarks.map((remark) => remarkFinding(file, remark, null)) };
  if (isOtherJson(file.path, source)) return skip('not a Kubernetes object: it has no apiVersion and kind');
  const { rule, message, help, offset } = problem;
  return { ...NOTHING, findings: [finding(rule, { message, help, origin: file.originAt(offset) })] };
}

function skip(because: string): ReadObjects {
  return { ...NOTHING, skipped: [because] };
}

/** JSON with comments and the like, in a file that never was a manifest. */
function isOtherJson(path: string, source: string): boolean {
  return path.endsWith('.json') && !source.includes('"apiVersion"');
}

/** What is called `labels` inside of a custom resource need not be labels: only those of its own are. */
function isFreeForm(root: SourceObject, { rule, path }: Remark): boolean {
  if (rule !== VALUE_NOT_TEXT) return false;
  const object = objectAt(root, path);
  const inside = path[0] === 'items' && object !== root ? path.slice(2) : path;
  const apiVersion = text(member(object.manifest, 'apiVersion')) ?? '';
  return !isKnownGroup(apiGroup(apiVersion)) && inside[0] !== 'metadata' && !inside.includes('template');
}

function remarkedObject(root: SourceObject, { path, lost }: Remark): SourceObject {
  return lost === undefined ? objectAt(root, path) : { manifest: lost, locate: root.locate };
}

function remarkFinding(
  file: FileText,
  remark: Remark,
  object: ObjectRef | null,
  source?: SourceObject['source'],
): Finding {
  const { rule, severity, message, help, offset, related = [] } = remark;
  const origin: Origin = file.originAt(offset);
  return finding(rule, {
    ...(severity && { severity }),
    message,
    help,
    object,
    origin,
    fix: fixOf(source, remark.fix),
    related: related.map((other) => ({ message: other.message, object: null, origin: file.originAt(other.offset) })),
  });
}
