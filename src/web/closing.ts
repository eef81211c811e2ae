import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

const LOOK_EVERY = 50

/**
 * Lets the server end as soon as the requests in flight are answered. A connection that a browser keeps for
 * its next page, or opened ahead and never used, would otherwise hold it up until it is killed.
 */
export function letGoOfIdleConnections(app: FastifyInstance): void {
  const sockets = new Set<Socket>()
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.addHook('preClose', async () => {
    const letGo = () => {
      app.server.closeIdleConnections()
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
    }
    const timer = setInterval(letGo, LOOK_EVERY)
    app.server.once('close', () => clearInterval(timer))
  })
}
