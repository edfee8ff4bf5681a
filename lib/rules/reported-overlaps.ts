/** How many of the others an object that overlaps many is reported with: ten thousand equal pools are no fifty million findings. */
export const REPORTED_OVERLAPS = 10;
