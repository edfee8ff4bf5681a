/** With how many of the others an object is reported one by one; with more it is reported once, and a count: ten thousand equal pools are no fifty million findings. */
export const REPORTED_OVERLAPS = 10;
