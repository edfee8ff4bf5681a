export { type FileFix, fileFixes } from './file-fix';
export { fixManifests, type FixedManifests } from './fix-manifests';
export { type Replacement, replacementsOf } from './replacements';
