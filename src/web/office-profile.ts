/** The office as the public sees it; everything here is printed on pages, so nothing here is secret. */
export interface OfficeProfile {
  orgName: string
  orgNameEn: string
  orgShort: string
  orgShortEn: string
  centreName: string
  centreNameEn: string
  address: string
  addressEn: string
  phone: string
  email: string
  hours: { th: string; en: string }
  lineId: string | null
  facebook: string | null
  website: string | null
  /** Who answers about personal data: a post, not necessarily a person's name. */
  dpo: string
  dpoEn: string
}
