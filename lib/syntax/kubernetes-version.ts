/** 27 of `1.27`, `v1.27.3` and `v1.27.3-gke.100`. */
export function minorVersion(version: string | undefined): number | undefined {
  const minor = /^v?1\.(\d{1,3})(?:\D|$)/.exec(version ?? '')?.[1];
  return minor === undefined ? undefined : Number(minor);
}
