const LONGEST = 90
/** A first line shorter than this ("สุขุมวิท 11") says too little and takes the next ones along. */
const SHORTEST = 20

/** Labels that call centres put before what the person said. */
const LABEL = /^(?:ปัญหา(?:ที่แจ้ง)?|เรื่อง|รายละเอียด(?:ปัญหา)?)\s*[:：]\s*/

const segmenter = new Intl.Segmenter('th', { granularity: 'word' })

/**
 * A subject for a case whose register has none: the beginning of its text, cut between two words. The text
 * itself stays whole.
 */
export function subjectFrom(detail: string): string {
  let subject = ''
  for (const line of detail.split('\n')) {
    if (subject.length >= SHORTEST) break
    subject = `${subject} ${line.replace(LABEL, '')}`.replace(/\s+/g, ' ').trim()
  }
  return shortened(subject || detail.trim())
}

function shortened(text: string): string {
  const letters = [...text]
  if (letters.length <= LONGEST) return text
  const cut = letters.slice(0, LONGEST).join('')
  let whole = ''
  // A word may go on beyond the cut, so the last one found is left out.
  for (const { segment } of segmenter.segment(letters.slice(0, LONGEST * 2).join(''))) {
    if (whole.length + segment.length > cut.length) break
    whole += segment
  }
  return `${(whole || cut).trim()}…`
}
