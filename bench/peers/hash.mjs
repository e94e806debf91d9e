// The limit of signing in: the product's own hasher behind Fastify, with one account and nothing else. No database.
import Fastify from 'fastify';
import { createPasswordHasher } from '../../services/auth/src/passwords/hasher.ts';

const hasher = createPasswordHasher();
const passwordHash = await hasher.hash(process.env.PASSWORD);
const app = Fastify();

app.get('/ready', () => 'ok');
app.post('/sign-in', async (request, reply) => {
  const isRight = await hasher.verify(passwordHash, request.body.password);
  return reply.code(isRight ? 200 : 401).send({ isRight });
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
