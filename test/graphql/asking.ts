import { ServedService } from "./servedOverHttp";

/** What a query says of a member. */
export async function member<Answer>(
  served: ServedService,
  query: string,
  variables: object,
): Promise<Answer> {
  return (await served.fields<{ member: Answer }>(query, variables)).member;
}

/** The message of a query about a member that fails for an argument. */
export async function faultOf(served: ServedService, query: string, variables: object): Promise<string> {
  const { errors = [] } = await served.ask(query, variables);
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  return errors[0].message;
}
