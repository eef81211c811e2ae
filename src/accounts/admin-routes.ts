import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldErrors, fieldsOf, single } from '#web/forms.ts'
import { page } from '#web/views.ts'
import {
  NO_VALUES,
  readAccountForm,
  sendAccountPage,
  takenName,
  typedValues,
  valuesOf,
} from './account-page.ts'
import { NewAccountForm } from './forms.ts'
import { viewerOf } from './guard.ts'
import { changeAccount, createAccount, disable, enable, renewLink } from './manage.ts'
import { type Account, findAccount, listAccounts } from './store.ts'
import { ROLE_NAMES } from './viewer.ts'

interface Row {
  id: number
  displayName: string
  username: string
  post: string
  unit: string
  roles: string
  state: 'active' | 'waiting' | 'disabled'
}

const accountsPage = page<{ rows: Row[]; saved: boolean }>('admin/accounts', ['rows', 'saved'])

const linkPage = page<{ displayName: string; username: string; link: string }>('admin/account-link', [
  'displayName',
  'username',
  'link',
])

const LAST_ADMINISTRATOR = 'บัญชีนี้เป็นผู้ดูแลระบบคนสุดท้าย กรุณาให้บทบาทผู้ดูแลระบบแก่บัญชีอื่นที่ตั้งรหัสผ่านแล้วก่อน'

type OneRequest = FastifyRequest<{ Params: { id: string } }>

/** Accounts of the staff, for administrators. */
export function accountAdminRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get<{ Querystring: Record<string, unknown> }>('/staff/admin/accounts', admin, (request, reply) => {
      const data = { rows: rowsOf(portal), saved: 'saved' in request.query }
      return sendPage(portal, request, reply, accountsPage, data)
    })
    app.get('/staff/admin/accounts/new', admin, (request, reply) =>
      sendAccountPage(portal, request, reply, undefined, NO_VALUES),
    )
    app.post('/staff/admin/accounts/new', admin, (request, reply) => postNew(portal, request, reply))
    app.get('/staff/admin/accounts/:id', admin, (request: OneRequest, reply) => {
      const account = accountOf(portal, request)
      return sendAccountPage(portal, request, reply, account, valuesOf(account))
    })
    app.post('/staff/admin/accounts/:id', admin, (request: OneRequest, reply) =>
      postChange(portal, request, reply),
    )
    app.post('/staff/admin/accounts/:id/disable', admin, (request: OneRequest, reply) => {
      const account = accountOf(portal, request)
      if (disable(portal, viewerOf(request), account.id) === undefined) return backToList(reply)
      const errors = { disable: LAST_ADMINISTRATOR }
      return sendAccountPage(portal, request, reply, account, valuesOf(account), errors)
    })
    app.post('/staff/admin/accounts/:id/enable', admin, (request: OneRequest, reply) => {
      enable(portal, viewerOf(request), accountOf(portal, request).id)
      return backToList(reply)
    })
    app.post('/staff/admin/accounts/:id/link', admin, (request: OneRequest, reply) => {
      const account = accountOf(portal, request)
      if (account.disabledAt) throw new AppError('conflict', 'account_disabled')
      const link = renewLink(portal, viewerOf(request), account.id)
      return sendLink(portal, request, reply, account, link)
    })
    done()
  }
}

function postNew(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fields = fieldsOf(request.body)
  const name = NewAccountForm.safeParse(single(fields))
  const form = readAccountForm(portal, fields, undefined)
  const errors = {
    ...(name.success ? takenName(portal, name.data.username) : fieldErrors(name.error)),
    ...('errors' in form ? form.errors : {}),
  }
  if (!name.success || 'errors' in form || Object.keys(errors).length > 0) {
    return sendAccountPage(portal, request, reply, undefined, typedValues(fields), errors)
  }
  const account = { ...form.value, username: name.data.username }
  const link = createAccount(portal, viewerOf(request), account)
  return sendLink(portal, request, reply, account, link)
}

function postChange(portal: Portal, request: OneRequest, reply: FastifyReply): FastifyReply {
  const account = accountOf(portal, request)
  const fields = fieldsOf(request.body)
  const values = { ...typedValues(fields), username: account.username }
  const form = readAccountForm(portal, fields, account)
  if ('errors' in form) return sendAccountPage(portal, request, reply, account, values, form.errors)
  if (changeAccount(portal, viewerOf(request), account, form.value) === undefined) return backToList(reply)
  return sendAccountPage(portal, request, reply, account, values, { roles: LAST_ADMINISTRATOR })
}

/** Shown once, in the answer itself: the link is stored nowhere. */
function sendLink(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  { displayName, username }: Pick<Account, 'displayName' | 'username'>,
  link: string,
): FastifyReply {
  return sendPage(portal, request, reply, linkPage, { displayName, username, link })
}

function backToList(reply: FastifyReply): FastifyReply {
  return reply.redirect('/staff/admin/accounts?saved', 303)
}

function accountOf(portal: Portal, request: OneRequest): Account {
  const { id } = request.params
  const account = /^[1-9]\d{0,8}$/.test(id) ? findAccount(portal.db, Number(id)) : undefined
  if (!account) throw new AppError('not_found', 'account')
  return account
}

function rowsOf(portal: Portal): Row[] {
  return listAccounts(portal.db).map((account) => ({
    id: account.id,
    displayName: account.displayName,
    username: account.username,
    post: account.post,
    unit: portal.settings.unit(account.unitId)?.name ?? '',
    roles: account.roles.map((role) => ROLE_NAMES[role]).join(', '),
    state: account.disabledAt ? 'disabled' : account.hasPassword ? 'active' : 'waiting',
  }))
}
