export * from './constructs';
export * from './plugin/network-validation';
export * from './synth/app';
