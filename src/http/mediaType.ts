/** The media type of GraphQL over HTTP, under which the HTTP code tells what became of the request. */
export const strictMediaType = "application/graphql-response+json";

const plainMediaType = "application/json";

/** The media type to answer with: the one the caller ranks highest; undefined where it takes none of ours. */
export function replyTypeFor(accept: string | undefined): string | undefined {
  if (accept === undefined || accept.trim() === "") return plainMediaType;
  const ranges = accept
    .split(",")
    .map(parseRange)
    .filter(({ quality }) => quality > 0);
  ranges.sort((a, b) => b.quality - a.quality);
  return ranges.map(({ type }) => typeWithin(type)).find((type) => type !== undefined);
}

function parseRange(range: string): { type: string; quality: number } {
  const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
}

function typeWithin(range: string): string | undefined {
  if (range === strictMediaType) return strictMediaType;
  return [plainMediaType, "application/*", "*/*"].includes(range) ? plainMediaType : undefined;
}
