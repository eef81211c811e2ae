import type { Finding, Outcome, RejectReason } from '#domain/vocabulary.ts'

/**
 * One thing that people of a subdistrict complain of, ask for or praise, with the words of everybody who has
 * to do with it. `{spot}`, `{village}`, `{days}`, `{n}`, `{me}` and `{krap}` are filled in for each case.
 */
export interface Matter {
  category: string
  subject: string
  detail: string
  wish?: string
  urgent?: true
  /** What the office asks back, and what it is answered. */
  question?: string
  answer?: string
  /** Told to the citizen while the work goes on. */
  progress?: string
  result: string
  outcome: Outcome
  finding: Finding
  /** What the office learns from a complaint. */
  cause?: string
  prevention?: string
  /** For matters that are another body's, or nobody's. */
  forward?: { body: string; text: string }
  reject?: { reason: RejectReason; text: string; elsewhere?: string }
}
