/** A window as narrow as a phone: what is only help steps back, so that the answers have the room. */
export const narrow = matchMedia('(width < 37.5rem)');
