import { SpinalRegion } from "../claim/claimSession";

/** The spinal regions as a person says them, in front of a noun. */
export const regionWords: Readonly<Record<SpinalRegion, string>> = {
  CERVICAL_THORACIC: "cervical/thoracic",
  LUMBAR_SACRAL: "lumbar/sacral",
};
