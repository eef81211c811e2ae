import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WebPortal } from './portal.ts'
import { createUi, type Page, render, type StaffUi, type Ui } from './views.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the staff layout shows of the signed-in person; set by the staff zone's guard. */
    staffUi: StaffUi | undefined
  }
}

/** The language, words and addresses a view needs to answer this request. */
export function uiFor(portal: WebPortal, request: FastifyRequest): Ui {
  return createUi({
    url: request.url,
    zone: request.routeOptions.config?.zone ?? 'public',
    office: portal.office(),
    assets: portal.assets.urls,
    now: portal.now(),
    viewer: request.staffUi,
  })
}

/** Answers with a page. */
export function sendPage<T extends object>(
  portal: WebPortal,
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page<T>,
  data: T,
  status = 200,
): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(render(page, uiFor(portal, request), data))
}
