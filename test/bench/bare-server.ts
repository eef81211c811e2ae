import Fastify from 'fastify'

/** The yardstick of the statistics page: a Fastify server that knows nothing but one buffer of that size. */
const [port = '0', bytes = '0'] = process.argv.slice(2)
const body = Buffer.alloc(Number(bytes), 'ก')
const app = Fastify()
app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(body))
await app.listen({ host: '127.0.0.1', port: Number(port) })
