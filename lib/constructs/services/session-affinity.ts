/** Props of `SessionAffinity.clientIp()`. */
export interface ClientIpAffinityProps {
  /**
   * How long a client stays with its pod after its last connection, in seconds, 1 to 86400.
   *
   * @default - 10800 (three hours), given by the API server
   */
  readonly timeoutSeconds?: number;
}

/** Whether connections of one client go to one pod (`spec.sessionAffinity`). */
export class SessionAffinity {
  /** Every connection may go to another pod. */
  public static none(): SessionAffinity {
    return new SessionAffinity('None', undefined);
  }

  /**
   * All connections from one client address go to the same pod.
   *
   * @param props how long
   */
  public static clientIp(props: ClientIpAffinityProps = {}): SessionAffinity {
    return new SessionAffinity('ClientIP', props.timeoutSeconds);
  }

  private constructor(
    /** @internal */ public readonly _affinity: string,
    /** @internal */ public readonly _timeoutSeconds: number | undefined,
  ) {}
}
