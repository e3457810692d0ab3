/** An answer of POST /graphql. `data` has whatever shape the query asked for. */
export interface GraphqlAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape of the data is the query's, and the tests compare it whole.
  readonly data: any;
  readonly errors: readonly GraphqlAnswerError[] | undefined;
}

export interface GraphqlAnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly retryable: boolean; readonly path?: readonly string[] };
}

export interface GraphqlClient {
  /** Sends an operation and gives the whole answer. */
  ask(query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer>;
  /** Sends an operation that must succeed, and gives its data. @throws Error with the answer's errors */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  data(query: string, variables?: Record<string, unknown>): Promise<any>;
}

/** A client of the GraphQL server at this address. */
export function graphqlClient(address: string): GraphqlClient {
  const ask: GraphqlClient['ask'] = async (query, variables = {}) => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as Pick<GraphqlAnswer, 'data' | 'errors'>;
    return { status: response.status, data, errors };
  };
  return {
    ask,
    async data(query, variables) {
      const { data, errors } = await ask(query, variables);
      if (errors !== undefined) throw new Error(`expected no errors, found ${JSON.stringify(errors)}`);
      return data;
    },
  };
}
