export { type CollectedFiles, collectFiles, type CollectOptions } from './collect-files';
export { type LocatedDocument, readLocatedDocument } from './located-document';
export { type ManifestFile, STANDARD_INPUT } from './manifest-file';
export { type ReadManifests, readManifests, type SkippedInput } from './read-manifests';
export { MANIFEST_RULES } from './rules';
export { globMatcher, isManifestName, isSkippedFolder } from './file-selection';
export { UNREADABLE_FILE } from './rules';
