import { connect } from 'node:net';

export interface RawReply {
  /** 0 when the connection closed without an answer. */
  status: number;
  text: string;
}

/**
 * Sends bytes as they are and reads until the server closes or has said something and `quietMs` passes: for requests no
 * HTTP client would make.
 */
export function sendRaw(url: string, bytes: string | Buffer, quietMs = 500): Promise<RawReply> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = '';
    const finish = () => {
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    };
    socket.setTimeout(quietMs, () => {
      if (text !== '') finish();
    });
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', finish);
    socket.on('error', finish);
  });
}
