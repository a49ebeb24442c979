/** Characters of a session's text that no reader may be given as they are; each kind of output has its own stand-ins. */

/** What turns the direction of writing or passes for a line end; lone surrogates. */
export const DECEPTIVE = /[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Cs}]/gu;
