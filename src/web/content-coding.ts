export type Coding = 'br' | 'gzip'

/** The best coding for what we hold compressed already, by the browser's Accept-Encoding header. */
export function preferredCoding(header: string | string[] | undefined): Coding | undefined {
  const accepted = String(header ?? '')
  return (['br', 'gzip'] as const).find((coding) => accepts(accepted, coding))
}

/** Whether that header takes the coding. */
export function accepts(header: string, coding: Coding): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...params] = part.split(';').map((piece) => piece.trim().toLowerCase())
    return name === coding && !params.some((param) => /^q=0(\.0*)?$/.test(param))
  })
}
