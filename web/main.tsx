import { render } from 'preact';

const place = document.getElementById('app');
if (place === null) throw new Error('expected an element with the id app in the document, found none');
render(<main>Lookgraph</main>, place);
