/** The API explorer: GraphiQL on this server's own endpoint. Nothing is loaded from anywhere else. */
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './graphiql.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { firstOperation } from './first-operation.ts';

const FIRST_QUERY = `# Everything the page can do is in this API. Ctrl+Enter runs the query, Ctrl+Space completes it.
{
  searchProducts(input: { terms: [{ match: { text: "red dress" } }] }, first: 5) {
    matchQuality
    totalCount { value exact }
    edges {
      relevance
      node { groupId title brand priceRange { min { amount currency } } images { url(width: 300) } }
    }
  }
}
`;

const place = document.getElementById('graphiql');
if (place === null) throw new Error('expected an element with the id graphiql in the document, found none');
const { query, variables } = firstOperation(location.hash);
createRoot(place).render(
  createElement(GraphiQL, {
    fetcher: createGraphiQLFetcher({ url: '/graphql' }),
    defaultQuery: FIRST_QUERY,
    ...(query !== undefined && { initialQuery: query }),
    ...(variables !== undefined && { initialVariables: variables }),
  }),
);
