/**
 * A mail server that takes everything at once and keeps nothing, so that what is measured is the sender. `GET /ready`
 * tells where it listens for mail and how many messages it took.
 */
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';

let taken = 0;

/** Answers a client line by line; commands may come in one packet (RFC 2920). */
function converse(socket) {
  let rest = '';
  let isData = false;
  const say = (line) => socket.write(`${line}\r\n`);
  const obey = (line) => {
    if (isData) {
      if (line !== '.') return;
      isData = false;
      taken += 1;
      return say(`250 2.0.0 queued as ${taken}`);
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'DATA') {
      isData = true;
      return say('354 go on');
    }
    if (verb === 'QUIT') return socket.end('221 bye\r\n');
    return say(verb === 'EHLO' ? '250-sink\r\n250 8BITMIME' : '250 2.0.0 fine');
  };
  socket.setNoDelay(true);
  socket.setEncoding('latin1');
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) obey(line);
  });
  say('220 sink');
}

const smtp = createServer(converse).listen(0, '127.0.0.1', () => {
  createHttp((_request, response) => {
    response.end(JSON.stringify({ smtpPort: smtp.address().port, taken }));
  }).listen(Number(process.env.PORT), '127.0.0.1');
});
