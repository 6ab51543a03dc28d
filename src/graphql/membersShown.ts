import { getNamedType, GraphQLObjectType, GraphQLSchema, isIntrospectionType, isObjectType } from "graphql";
import { Decision } from "../member/decision";
import { GraphqlContext } from "./context";
import { Shown } from "./requestAccess";
import { AccessLogConnectionType, AccessLogEdgeType, AccessLogEntryType } from "./types/accessLog";
import { AuditOpeningType, MemberCompletenessType } from "./types/audit";
import { DecisionConnectionType, DecisionEdgeType } from "./types/decisionConnection";
import { CountedSessionType, MemberType } from "./types/member";
import { PreviewType } from "./types/preview";
import { ReplayType } from "./types/replay";
import { SubmissionType } from "./types/submission";
import {
  ReadjudicationCandidateConnectionType,
  ReadjudicationCandidateEdgeType,
  ReadjudicationCandidateType,
} from "./types/workList";

/** What an object of a type shows, when it is served. */
interface Showing {
  shown(source: unknown): readonly Shown[];
}

const candidateOf = ({ decision }: ReadjudicationCandidateType): Shown => decisionShown(decision);

function decisionShown({ memberId, id }: Decision): Shown {
  return { memberId, decisionId: id };
}

function memberShown({ memberId }: { readonly memberId: string }): Shown {
  return { memberId };
}

/** The types whose objects say of which member they are. The cursors of a page tell of its elements. */
const showing: Readonly<Record<string, Showing>> = {
  Decision: { shown: (decision: Decision) => [decisionShown(decision)] },
  DecisionEdge: { shown: ({ node }: DecisionEdgeType) => [decisionShown(node)] },
  DecisionConnection: { shown: ({ nodes }: DecisionConnectionType) => nodes.map(memberShown) },
  Member: { shown: ({ id }: MemberType) => [{ memberId: id }] },
  CountedSession: { shown: ({ decisions }: CountedSessionType) => decisions.map(memberShown) },
  DecisionPreview: { shown: ({ memberId }: PreviewType) => (memberId === null ? [] : [{ memberId }]) },
  Replay: { shown: ({ decision }: ReplayType) => [decisionShown(decision)] },
  ReadjudicationCandidate: { shown: (candidate: ReadjudicationCandidateType) => [candidateOf(candidate)] },
  ReadjudicationCandidateEdge: {
    shown: ({ node }: ReadjudicationCandidateEdgeType) => [candidateOf(node)],
  },
  ReadjudicationCandidateConnection: {
    shown: ({ edges }: ReadjudicationCandidateConnectionType) =>
      edges.map(({ node }) => memberShown(node.decision)),
  },
  AuditOpening: { shown: ({ shown }: AuditOpeningType) => [shown] },
  MemberCompleteness: {
    shown: ({ memberId, proofs, unsealed }: MemberCompletenessType) => [
      { memberId },
      ...[...proofs, ...unsealed].map(({ decisionId }) => ({ memberId, decisionId })),
    ],
  },
  AccessLogEntry: { shown: (entry: AccessLogEntryType) => [memberShown(entry)] },
  AccessLogEdge: { shown: ({ node }: AccessLogEdgeType) => [memberShown(node)] },
  AccessLogConnection: { shown: ({ nodes }: AccessLogConnectionType) => nodes.map(memberShown) },
  SubmitClaimSessionPayload: {
    shown: ({ decision, replayed }: SubmissionType) =>
      decision ? [{ ...decisionShown(decision), isNew: !replayed }] : [],
  },
};

/** Parts of what a member's object shows: reached from there alone. */
const parts = [
  ...["Adjustment", "Allowance", "AllowanceLimit", "ClaimSession", "ConsideredException", "DecisionAudit"],
  ...["Finding", "FrequencyWindow", "LineDecision", "PriorSession", "Review", "ReviewedLine"],
];

/** What tells nothing of any member: the policy, and the log, whose leaves name none. */
const impersonal = [
  ...["AuditCheckpoint", "AuditConsistency", "AuditEntry", "AuditKey", "AuditProof", "Citation"],
  ...["DeclarePolicyExceptionPayload", "Interpretation", "Mutation", "PageInfo", "Parameter"],
  ...["PolicyException", "PolicyExceptionEnding", "PolicyRule", "PolicyVersion", "Query", "UserError"],
];

/**
 * Lets every object that is served note in the request's context whom it is of: whatever resolver brings it,
 * GraphQL asks its type first. Throws where a type does not say what its objects show.
 */
export function noteMembersShown(schema: GraphQLSchema): GraphQLSchema {
  const found = undeclaredIn(schema);
  if (found.length > 0) throw new Error(`src/graphql/membersShown.ts: ${found.join("; ")}`);
  for (const type of objectTypesOf(schema)) {
    const declared = showing[type.name];
    if (declared) type.isTypeOf = noteWhenServed(declared);
  }
  return schema;
}

function noteWhenServed({ shown }: Showing) {
  return (source: unknown, { access }: GraphqlContext): boolean => {
    shown(source).forEach(access.note);
    return true;
  };
}

/** What is wrong with the declarations above for a schema. */
export function undeclaredIn(schema: GraphQLSchema): string[] {
  const isPersonal = (name: string) => name in showing || parts.includes(name);
  return objectTypesOf(schema).flatMap((type) => {
    const declarations = [type.name in showing, parts.includes(type.name), impersonal.includes(type.name)];
    const faults = Object.values(type.getFields())
      .filter((field) => parts.includes(getNamedType(field.type).name) && !isPersonal(type.name))
      .map(({ name }) => `${type.name}.${name} brings a part of a member's object from elsewhere`);
    const isDeclared = declarations.filter(Boolean).length === 1;
    return isDeclared ? faults : [`${type.name} does not say what it shows of members`, ...faults];
  });
}

function objectTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !isIntrospectionType(type),
  );
}
