/** As whom the api asks the read models: a role that owns nothing, and is let through to rows that are for whoever asks. */
export const readerRole = "hifadhi_reader";
