// The server behind every proxy: an answer of one kilobyte, at once, whatever is asked for.
import { createServer } from 'node:http';

const body = Buffer.from(
  JSON.stringify({ items: Array.from({ length: 12 }, (_, n) => ({ id: n, text: 'x'.repeat(60) })) }),
);
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length };

createServer({ keepAliveTimeout: 72_000 }, (_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
