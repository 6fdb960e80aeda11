import type { Subject } from './metrics';

/** One endpoint as a dashboard shows it. Texts may be tokens. */
export interface EndpointRow {
  readonly kind: 'endpoint';
  readonly path: string;
  readonly engine: string;
  readonly hostname: string;
  readonly port: number;
  readonly runbookUrl?: string;
  /** The dimensions of its metrics; `endpoint` where the name of the database is followed. */
  readonly subject: Subject;
  readonly tls: {
    /** Whether the load balancer terminates TLS, so that it counts handshakes. */
    readonly terminates: boolean;
    /** Whether it opens TLS to the database again. */
    readonly reencrypts: boolean;
  };
  /** Path of the load balancer, where others share it. */
  readonly sharedLoadBalancer?: string;
}

/** One load balancer that endpoints share. */
export interface LoadBalancerRow {
  readonly kind: 'load-balancer';
  readonly path: string;
  readonly hostname: string;
  readonly runbookUrl?: string;
  readonly subject: Subject;
}

/** What a dashboard shows in one row. */
export type DashboardRow = EndpointRow | LoadBalancerRow;
