import type { FastifyInstance, FastifyPluginCallback, RouteOptions } from 'fastify'
import type { StaffPermission } from '#domain/permissions.ts'

export type Zone = 'public' | 'tracking' | 'sealed' | 'staff' | 'admin' | 'open-data' | 'operations'

declare module 'fastify' {
  interface FastifyContextConfig {
    zone?: Zone
    /** Staff and admin routes only: who may call it; `'anyone'` is spelled out for the sign-in pages. */
    permission?: StaffPermission | 'anyone'
  }
  interface FastifyInstance {
    routeTable: ListedRoute[]
  }
}

export interface ListedRoute {
  method: string
  url: string
  zone: Zone
  permission: StaffPermission | 'anyone' | undefined
}

/**
 * Registers a zone as its own encapsulated context. Every route in it is stamped with the zone, and a
 * staff or admin route that names no permission stops the start: nothing is open by forgetting.
 */
export function registerZone(
  app: FastifyInstance,
  zone: Zone,
  plugin: FastifyPluginCallback,
  prefix = '',
): void {
  const enter: FastifyPluginCallback = (scope, options, done) => {
    scope.addHook('onRoute', (route: RouteOptions) => {
      const permission = route.config?.permission
      if ((zone === 'staff' || zone === 'admin') && permission === undefined) {
        throw new Error(`${String(route.method)} ${route.url} names no permission`)
      }
      route.config = { ...route.config, zone }
      for (const method of [route.method].flat()) {
        if (method !== 'HEAD') app.routeTable.push({ method, url: route.url, zone, permission })
      }
    })
    plugin(scope, options, done)
  }
  // Who reports corruption leaves no line in the log, not even of an address that does not exist.
  app.register(enter, { prefix, ...(zone === 'sealed' && { logLevel: 'silent' as const }) })
}
