export { type CollectedFiles, collectFiles, type CollectOptions } from './collect-files';
export { type DecodedText, decodeText } from './decode-text';
export { type FileText, fileText } from './file-text';
export { type LocatedDocument, readLocatedDocument } from './located-document';
export { type ManifestFile, STANDARD_INPUT } from './manifest-file';
export { type ReadManifests, readManifests, type SkippedInput } from './read-manifests';
export { MANIFEST_RULES } from './rules';
export { applyTextEdits, type TextEdit } from './text-edit';
export { saysWhatIsMeant, type TextFix, textFixes } from './text-fix';
