/** What may be kept, by its media type: the endings that a file of it has, and what else browsers call it. */
const known = {
  "application/pdf": { endings: ["pdf"], also: [] },
  "image/jpeg": { endings: ["jpg", "jpeg", "jfif"], also: ["image/jpg", "image/pjpeg"] },
  "image/png": { endings: ["png"], also: [] },
  "image/webp": { endings: ["webp"], also: [] },
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": { endings: ["docx"], also: [] },
  "application/vnd.oasis.opendocument.text": { endings: ["odt"], also: [] },
  "text/plain": { endings: ["txt", "text"], also: [] },
  "audio/mpeg": { endings: ["mp3"], also: ["audio/mp3"] },
  "audio/mp4": { endings: ["m4a", "mp4"], also: ["audio/x-m4a", "audio/m4a", "audio/aac", "video/mp4"] },
} as const satisfies Record<string, { endings: readonly string[]; also: readonly string[] }>;

export type MediaType = keyof typeof known;
export const mediaTypes = Object.keys(known) as readonly MediaType[];

/** Pictures, written documents: these are looked at whole. */
export const isPicture = (type: MediaType): boolean => type.startsWith("image/");
export const isWritten = (type: MediaType): boolean => type.includes("document");

/** What a file calls itself. */
export interface ClaimedType {
  readonly name?: string | undefined;
  readonly mediaType?: string | undefined;
}

/** Does a file call itself what its content is? Whoever says nothing says nothing wrong. */
export function isClaimed(type: MediaType, { name, mediaType }: ClaimedType): boolean {
  const { endings, also } = known[type] as { endings: readonly string[]; also: readonly string[] };
  const ending = /\.([^.]+)$/.exec(name ?? "")?.[1]?.toLowerCase();
  const claimed = mediaType?.split(";")[0]!.trim().toLowerCase();
  const saysNothing = !claimed || claimed === "application/octet-stream";
  return (ending === undefined || endings.includes(ending)) && (saysNothing || claimed === type || also.includes(claimed));
}

/** The ending of a file that is saved. */
export const endingOf = (type: string): string => (known as Record<string, { endings: readonly string[] }>)[type]?.endings[0] ?? "bin";
