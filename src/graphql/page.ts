import { StreamPage, streamPage } from "../cases/reading";
import { Service } from "../cases/service";
import { WorkListPlace } from "../cases/workList";
import { mostOnPage, usualPage } from "./cost";
import { parseCursor, parseWorkListCursor, Place } from "./cursor";
import { badInput, served } from "./failures";
import { MemberView } from "./knownAt";

export function pageSize(count: number | null | undefined, name: "first" | "last" = "first"): number {
  const size = count ?? usualPage;
  if (size < 1 || size > mostOnPage) throw badInput(`${name} must be a whole number from 1 to ${mostOnPage}`);
  return size;
}

export function placeOf(after: string): Place {
  const place = parseCursor(after);
  if (!place) throw noSuchPlace();
  return place;
}

export function workListPlaceOf(after: string): WorkListPlace {
  const place = parseWorkListCursor(after);
  if (!place) throw badInput("after must be a cursor of an earlier page of the work list");
  return place;
}

/**
 * The decisions behind a place in the member's stream, newest first; all from the newest on where no place is
 * given. In the view of an instant those that were known then.
 */
export async function pageBehind(
  place: Place | undefined,
  { id: memberId, knownAt }: MemberView,
  size: number,
  service: Service,
): Promise<StreamPage> {
  if (!place) return served(streamPage(memberId, { knownAt }, size, service));
  const bounds = { beforeSequence: place.memberSequence + 1, knownAt };
  const atPlace = await served(streamPage(memberId, bounds, size + 1, service));
  const [named, ...decisions] = atPlace.decisions;
  if (named?.id !== place.id || named.memberSequence !== place.memberSequence) throw noSuchPlace();
  return { decisions, hasMore: atPlace.hasMore };
}

function noSuchPlace(): Error {
  return badInput("after must be a cursor of an earlier page of this member's decisions");
}
