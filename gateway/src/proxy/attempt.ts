import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { runAs } from '@spacedly/kit';
import type { FastifyReply } from 'fastify';
import type { Dispatcher } from 'undici';
import type { RequestBody } from './body.ts';
import { endEventStream, isEventStream, tailOf } from './event-stream.ts';
import { failureOf, problemOf } from './failure.ts';
import { type HeaderList, returnedHeaders, withoutTrailer } from './headers.ts';
import type { Outcome, Settle } from './rules-breaker.ts';
import { type Failure, mayRetry } from './rules-retry.ts';
import type { Member, UpstreamGroup } from './upstream-group.ts';

/** One request on its way through the gateway. */
export interface Exchange {
  group: UpstreamGroup;
  method: string;
  path: string;
  headers: HeaderList;
  body: RequestBody | null;
  /** Milliseconds until the head of the answer must be there. */
  answerMs: number;
  /** Longest silence within an answer, milliseconds. */
  silenceMs: number;
  /** Whether it may be sent twice at all, as its route says. */
  mayRetry: boolean;
  /** Whether an answer without an end is to be expected. */
  isStream: boolean;
  reply: FastifyReply;
  /** Names of headers of ours that its answer does not get. */
  hides?: ReadonlySet<string> | undefined;
  /** Changes the headers of the answer, where the route says so. */
  dress?: ((headers: HeaderList) => HeaderList) | undefined;
  now: () => number;
}

/** What an answer says about its server: 503 with a date to come back is one that is busy, not broken. */
export function outcomeOf(status: number, hasRetryAfter: boolean): Outcome {
  if (status === 503 && hasRetryAfter) return 'unknown';
  return status >= 500 && status !== 501 ? 'failure' : 'success';
}

/** Up to this an answer that is there as a whole is sent with its head as one piece of text. */
const ONE_PIECE_BYTES = 8_192;

/** More than this of an answer nobody wants costs more than a new connection. */
const UNWANTED_BYTES = 65_536;

/**
 * A request sent to one upstream, and its answer passed to the client chunk by chunk, at the client's pace. A client
 * that goes away ends the upstream's request; an upstream that breaks off in the middle breaks the client's connection,
 * as only that tells the client that the answer is not complete. One that fails before that hands over to the next.
 */
export class Attempt implements Dispatcher.DispatchHandler {
  private readonly exchange: Exchange;
  private readonly member: Member;
  /** 1 for the first. */
  private readonly number: number;
  private readonly response: ServerResponse;
  private readonly settle: Settle;
  private controller: Dispatcher.DispatchController | null = null;
  private hasLeft = false;
  /** Bytes of an answer that is not passed on, because another upstream was asked. */
  private unwantedBytes = -1;
  /** The last bytes of an event stream. */
  private tail: string | null = null;
  private endStream: (() => void) | null = null;
  /** Of a short answer, all of it. */
  private whole: Buffer | null = null;
  private lengthBytes = -1;

  constructor(exchange: Exchange, member: Member, number = 1) {
    this.exchange = exchange;
    this.member = member;
    this.number = number;
    this.response = exchange.reply.raw;
    this.settle = member.upstream.begin(exchange.now());
  }

  /** Sends it. */
  send(): void {
    const { method, path, headers, body, answerMs, silenceMs, isStream } = this.exchange;
    const { upstream } = this.member;
    upstream.pending += 1;
    this.response.on('close', this.onClose);
    const options: Dispatcher.DispatchOptions = {
      method: method as Dispatcher.HttpMethod,
      path: upstream.basePath === '' ? path : upstream.basePath + path,
      headers: headers as string[],
      body,
      headersTimeout: answerMs,
      bodyTimeout: silenceMs,
    };
    (isStream ? upstream.streams : upstream.pool).dispatch(options, this);
  }

  private readonly onClose = (): void => {
    if (!this.hasLeft && !this.response.writableFinished)
      this.controller?.abort(new Error('the client went away'));
  };

  /** Nothing of this attempt reaches the client from now on. */
  private leave(): void {
    const { upstream } = this.member;
    upstream.pending -= 1;
    if (this.endStream !== null) upstream.endless.delete(this.endStream);
    // Cheaper than to take the listener away, which goes with the response anyway.
    this.hasLeft = true;
  }

  private judge(outcome: Outcome): void {
    this.settle(outcome, this.exchange.now());
  }

  /** Asks another upstream, where that is allowed and there is one; the same one where only its connection was bad. */
  private handOver(failure: Failure): boolean {
    const { group, method, body, now } = this.exchange;
    const isRepeatable = this.exchange.mayRetry && (body === null || (body.isUntouched && !body.destroyed));
    if (!mayRetry({ method, failure, attempts: this.number, isRepeatable })) return false;
    const next = group.choose(now(), this.member) ?? (failure === 'broken' ? group.choose(now()) : null);
    if (next === null || !group.budget.spend()) return false;
    new Attempt(this.exchange, next, this.number + 1).send();
    return true;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.response.destroyed) this.onClose();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) {
      this.passInterim(status, headers);
      return;
    }
    const isRefusal = status === 502 || status === 503;
    this.judge(outcomeOf(status, headers['retry-after'] !== undefined));
    if (isRefusal && this.handOver('refused')) {
      this.unwantedBytes = 0;
      this.leave();
      return;
    }
    this.passHead(status, headers);
    if (isEventStream(headers['content-type'])) {
      this.beginStream(controller);
    }
    if (this.response.destroyed) controller.abort(new Error('the client went away'));
  }

  private beginStream(controller: Dispatcher.DispatchController): void {
    this.tail = '';
    this.exchange.reply.request.isStream = true;
    this.endStream = () => {
      endEventStream(this.response, this.tail ?? '', Math.random);
      controller.abort(new Error('the server is closing'));
    };
    this.member.upstream.endless.add(this.endStream);
  }

  /** 102 and 103 go on as they come (RFC 9110, section 15.2); a client of HTTP/1.0 knows none. */
  private passInterim(status: number, headers: IncomingHttpHeaders): void {
    if (this.exchange.reply.request.raw.httpVersion === '1.0') return;
    if (status === 102) this.response.writeProcessing();
    if (status === 103 && headers.link !== undefined) this.response.writeEarlyHints({ link: headers.link });
  }

  private passHead(status: number, headers: IncomingHttpHeaders): void {
    const { reply, dress, hides } = this.exchange;
    reply.hijack();
    const { 'content-length': length } = headers;
    const hasLength = length !== undefined;
    if (hasLength) this.lengthBytes = Number(length);
    let list = returnedHeaders(headers, {
      base: reply.server.baseHeaders,
      own: reply.getHeaders(),
      hidden: hides,
    });
    // Trailers need chunks, and Node refuses to promise any without.
    if (headers.trailer !== undefined && (hasLength || reply.request.raw.httpVersion === '1.0'))
      list = withoutTrailer(list);
    this.response.writeHead(status, (dress === undefined ? list : dress(list)) as string[]);
    // The head of an answer of unknown length must not wait for its first chunk, which may be long in coming.
    if (!hasLength) this.response.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.unwantedBytes >= 0) {
      this.unwantedBytes += chunk.length;
      if (this.unwantedBytes > UNWANTED_BYTES) controller.abort(new Error('too long to be read for nothing'));
      return;
    }
    if (this.tail !== null) this.tail = tailOf(this.tail, chunk);
    if (chunk.length === this.lengthBytes && chunk.length <= ONE_PIECE_BYTES) {
      this.whole = chunk;
      return;
    }
    if (this.response.write(chunk)) return;
    controller.pause();
    this.response.once('drain', () => controller.resume());
  }

  onResponseEnd(_controller: Dispatcher.DispatchController, trailers: IncomingHttpHeaders): void {
    if (this.unwantedBytes >= 0) return;
    this.leave();
    if (this.response.chunkedEncoding) this.response.addTrailers(trailers as Record<string, string>);
    // Node puts text, but not bytes, together with the head for one plain write. Latin-1 is each byte as it is.
    if (this.whole !== null) this.response.end(this.whole.toString('latin1'), 'latin1');
    else this.response.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.unwantedBytes >= 0) return;
    const { reply } = this.exchange;
    this.leave();
    const isHeadSent = reply.sent;
    if (isHeadSent || this.response.destroyed) {
      this.judge('unknown');
      if (!isHeadSent) reply.hijack();
      if (!this.response.writableEnded) this.response.destroy();
      return;
    }
    const failure = failureOf(error, this.controller !== null);
    const problem = problemOf(failure, error);
    // A body that was refused on the way is the client's doing.
    const isFailure = problem.status >= 500;
    this.judge(isFailure ? 'failure' : 'unknown');
    if (isFailure && failure === 'unreachable') this.exchange.group.unreachable(this.member);
    if (isFailure && this.handOver(failure)) return;
    // This runs as the work of whoever opened the connection; what is told of it is the request's.
    runAs(reply.request.work, () => reply.send(problem));
  }
}
