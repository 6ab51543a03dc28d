import { pattern } from "./format";

/** Member id, claim number, benefit plan id, provider contract id. */
export const identifier = pattern("1 to 64 visible ASCII characters", /^[\x21-\x7e]{1,64}$/);

export const idempotencyKey = pattern("1 to 255 visible ASCII characters", /^[\x21-\x7e]{1,255}$/);
