/** Props of every object that lies in no namespace. */
export interface ClusterObjectProps {
  /**
   * `metadata.name`.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Labels of the object, added to the labels of its chart.
   *
   * @default - the chart's labels
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Props of every object that lies in a namespace. */
export interface NamespacedObjectProps extends ClusterObjectProps {
  /**
   * `metadata.namespace`.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;
}
