import { Field, InputType } from "type-graphql";
import { ClaimSubmission } from "../../cases/submitClaimSession";
import { idempotencyKey } from "../../claim/identifier";
import { ClaimSessionInput, claimSessionOf, faultsOfSession } from "./claimSessionInput";
import { faultsOfMembers, inside, Read, readUnless } from "./form";
import { WrittenAs } from "./writtenAs";

@InputType("SubmitClaimSessionInput", {
  description: "A claim session, and the key by which it is decided once.",
})
export class SubmitClaimSessionInput {
  @WrittenAs(idempotencyKey)
  @Field(() => String, {
    description:
      "1 to 255 visible ASCII characters. Sent again with the same session it brings the same decision, " +
      "for ever; it is bound to this client and member once a decision is stored.",
  })
  idempotencyKey: string;

  @Field(() => ClaimSessionInput, { description: "What is to be decided." })
  session: ClaimSessionInput;
}

export function readSubmission(input: SubmitClaimSessionInput): Read<ClaimSubmission> {
  const faults = [...faultsOfMembers(input), ...inside(["session"], faultsOfSession(input.session))];
  return readUnless(faults, () => ({
    idempotencyKey: input.idempotencyKey,
    session: claimSessionOf(input.session),
  }));
}
