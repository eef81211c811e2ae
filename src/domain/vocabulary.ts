/** What a citizen brings. Kinds are never added together in a published figure. */
export const KINDS = ['complaint', 'request', 'question', 'suggestion', 'praise'] as const
export type Kind = (typeof KINDS)[number]

/** How a case reached the office; `box` is the opinion box, `damrong` the Damrongtham Centre, `traffy` Traffy Fondue. */
export const CHANNELS = [
  'web',
  'walkin',
  'phone',
  'letter',
  'box',
  'line',
  'facebook',
  'email',
  'qr',
  'forum',
  'field',
  'traffy',
  'damrong',
  'psc1111',
  'agency',
  'other',
] as const
export type Channel = (typeof CHANNELS)[number]

/** How the citizen wants the answer; `self` looks it up with the case number and tracking code. */
export const REPLY_BY = ['self', 'email', 'post', 'phone'] as const
export type ReplyBy = (typeof REPLY_BY)[number]

/** What came of a concluded case. */
export const OUTCOMES = ['solved', 'partly', 'answered', 'referred', 'no_action', 'unverifiable'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Whether the complaint had grounds; `na` where there is nothing to find, as in a question. */
export const FINDINGS = ['yes', 'part', 'no', 'na'] as const
export type Finding = (typeof FINDINGS)[number]

/** Why a case is not accepted: before a court, finally decided, outside our power, a private dispute, and so on. */
export const REJECT_REASONS = ['court', 'decided', 'power', 'private', 'insufficient', 'abusive'] as const
export type RejectReason = (typeof REJECT_REASONS)[number]
