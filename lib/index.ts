export * from './constructs';
export * from './plugin/network-validation';
