import type { FastifyPluginCallback } from 'fastify'
import { receiveContact, showContact } from './contact-page.ts'
import { showDisclosures } from './disclosures-page.ts'
import { receiveEnter, showEnter } from './enter.ts'
import { receiveExport, showExport } from './export.ts'
import { openFilings } from './filings.ts'
import { guardOfficers } from './guard.ts'
import { receiveInterest, showInterest } from './interest.ts'
import type { Sealed } from './open.ts'
import { renewRegister, searchRegister, showRegister } from './register-page.ts'
import { acceptReportBodies } from './report-body.ts'
import { sendFile, sendOriginal, sendPicture } from './report-files.ts'
import { showReport } from './report-page.ts'
import { receiveVerb, showVerb } from './verb-page.ts'

const REPORT = '/staff/sealed/reports/:id'
const FILE = `${REPORT}/files/:file`

/** The register and its reports, for named officers only. */
export function registerRoutes(sealed: Sealed): FastifyPluginCallback {
  return (app, _options, done) => {
    guardOfficers(app, sealed)
    acceptReportBodies(app)
    const filings = openFilings(sealed.now)
    const options = { config: { permission: 'signed_in' as const } }
    type Id = { Params: { id: string } }
    type File = { Params: { id: string; file: string } }
    type Verb = { Params: { id: string; verb: string } }
    type Query = { Querystring: Record<string, string | undefined> }

    app.get<Query>('/staff/sealed', options, (request, reply) => showRegister(sealed, request, reply))
    app.post('/staff/sealed', options, (request, reply) => searchRegister(sealed, request, reply))
    app.post('/staff/sealed/renew', options, (request, reply) => renewRegister(sealed, request, reply))
    app.get('/staff/sealed/new', options, (request, reply) => showEnter(sealed, request, reply))
    app.post('/staff/sealed/new', options, (request, reply) => receiveEnter(sealed, filings, request, reply))
    app.get('/staff/sealed/disclosures', options, (request, reply) => showDisclosures(sealed, request, reply))

    app.get<Id>(REPORT, options, (request, reply) => showReport(sealed, request, reply))
    app.get<Id>(`${REPORT}/interest`, options, (request, reply) => showInterest(sealed, request, reply))
    app.post<Id>(`${REPORT}/interest`, options, (request, reply) => receiveInterest(sealed, request, reply))
    app.get<Id>(`${REPORT}/contact`, options, (request, reply) => showContact(sealed, request, reply))
    app.post<Id>(`${REPORT}/contact`, options, (request, reply) => receiveContact(sealed, request, reply))
    app.get<Id>(`${REPORT}/export`, options, (request, reply) => showExport(sealed, request, reply))
    app.post<Id>(`${REPORT}/export`, options, (request, reply) => receiveExport(sealed, request, reply))
    app.get<File>(FILE, options, (request, reply) => sendFile(sealed, request, reply))
    app.get<File>(`${FILE}/picture`, options, (request, reply) => sendPicture(sealed, request, reply))
    app.post<File>(`${FILE}/original`, options, (request, reply) => sendOriginal(sealed, request, reply))
    app.get<Verb>(`${REPORT}/:verb`, options, (request, reply) => showVerb(sealed, request, reply))
    app.post<Verb>(`${REPORT}/:verb`, options, (request, reply) => receiveVerb(sealed, request, reply))
    done()
  }
}
