import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { sendStoredFile } from '#web/send-file.ts'
import type { CaseFile } from './case-files-store.ts'
import { sizeText } from './draft-files.ts'
import { findFileForViewer } from './staff-case-store.ts'

export interface FileLine {
  href: string
  name: string
  size: string
  isPicture: boolean
  /** Whether the complainant sees it too. */
  isPublic: boolean
  isFromCitizen: boolean
}

export function fileLine(file: CaseFile): FileLine {
  return {
    href: `/staff/files/${file.id}`,
    name: file.originalName,
    size: sizeText(file.bytes),
    isPicture: file.mime !== 'application/pdf',
    isPublic: file.audience === 'public',
    isFromCitizen: file.uploadedBy === 'citizen',
  }
}

/** A picture is shown, anything else is a download. @throws AppError not_found for a stranger as well */
export async function sendCaseFile(
  portal: Portal,
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const file = findFileForViewer(portal.db, viewerOf(request), request.params.id)
  if (!file) throw new AppError('not_found', 'file')
  return await sendStoredFile(reply, portal.files, file, { inline: true })
}
