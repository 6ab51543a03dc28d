import { failureOf } from "../store/failure";
import { TooSlow } from "./tooSlow";
import { Unavailable } from "./unavailable";

/** The answer of the store; `Unavailable` where it cannot give one now. */
export async function answering<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Unavailable || error instanceof TooSlow) throw error;
    throw failureOf(error) === "fault" ? error : new Unavailable(error);
  }
}
