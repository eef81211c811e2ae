/** The present, handed in so that tests can travel through days. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()
