/** What we use of autocannon, which brings no types of its own. */
declare module 'autocannon' {
  interface Options {
    url: string;
    method?: string;
    headers?: Record<string, string>;
    /** Sent one after the other, over and over, with what the options say. */
    requests?: readonly { body: string }[];
    connections: number;
    /** Seconds. */
    duration: number;
    /** Seconds. */
    timeout: number;
  }
  interface Result {
    /** Seconds. */
    duration: number;
    errors: number;
    latency: { p50: number; p99: number };
    statusCodeStats: Record<string, { count: number }>;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
