export { NoWay, openApiServer } from './api-server';
export { gapFindings } from './gap-findings';
export { NETWORK_CONFIG_MAPS, NETWORK_KINDS } from './network-kinds';
export { NoAnswer, type Progress, readSnapshot, type Snapshot } from './snapshot';
export { formatSnapshotRecord, readSnapshotRecord, SNAPSHOT_RECORD, type SnapshotRecord } from './snapshot-record';
export { snapshotTexts } from './snapshot-texts';
export { objectPath } from './written-part';
