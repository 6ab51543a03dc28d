import "reflect-metadata";
import { GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync } from "type-graphql";
import { noteMembersShown } from "./membersShown";
import { AccessLogResolver } from "./resolvers/accessLog";
import { AuditResolver } from "./resolvers/audit";
import {
  AuditProofResolver,
  DecisionAuditFieldResolver,
  DecisionAuditResolver,
} from "./resolvers/decisionAudit";
import { DecisionResolver } from "./resolvers/decision";
import { ExceptionResolver } from "./resolvers/exceptions";
import { MemberResolver } from "./resolvers/member";
import { CitationResolver, PolicyVersionResolver } from "./resolvers/policy";
import { PreviewResolver } from "./resolvers/preview";
import { ReplayResolver } from "./resolvers/replay";
import { ReviewResolver } from "./resolvers/reviews";
import { SearchResolver } from "./resolvers/search";
import { SubmissionResolver } from "./resolvers/submissions";
import { WorkListResolver } from "./resolvers/workList";

let built: GraphQLSchema | undefined;

/**
 * The service's schema. It is built once: type-graphql keeps what the decorators say for the whole process.
 */
export function buildSchema(): GraphQLSchema {
  built ??= noteMembersShown(describeRoots(schemaOfResolvers()));
  return built;
}

function schemaOfResolvers(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      SubmissionResolver,
      ReviewResolver,
      PreviewResolver,
      DecisionResolver,
      SearchResolver,
      MemberResolver,
      WorkListResolver,
      ReplayResolver,
      PolicyVersionResolver,
      ExceptionResolver,
      CitationResolver,
      AuditResolver,
      DecisionAuditFieldResolver,
      DecisionAuditResolver,
      AuditProofResolver,
      AccessLogResolver,
    ],
    // A fault of one input must not fail its batch: inputs are judged one by one, in src/graphql/inputs.
    validate: false,
  });
}

/** The root types are type-graphql's own: no decorator describes them. */
function describeRoots(schema: GraphQLSchema): GraphQLSchema {
  Object.assign(schema.getQueryType() ?? {}, {
    description: "What can be asked. No query changes a decision.",
  });
  Object.assign(schema.getMutationType() ?? {}, {
    description:
      "What can be decided. Sent again under the same idempotency key, an input brings the same decision.",
  });
  return schema;
}

/** Everything that a document can ask the root for. */
export function rootFieldNames(): string[] {
  const roots = [buildSchema().getQueryType(), buildSchema().getMutationType()];
  return roots.flatMap((root) => Object.keys(root?.getFields() ?? {}));
}

/** The schema as text, in an order of its own: the golden file schema.graphql. */
export function schemaText(): string {
  return `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
}
