import { describe, expect, it } from 'vitest';
import { plainLine, plainText } from '../../../../../src/catalog/feed/values/markup.ts';

describe('plainText', () => {
  it.each([
    ['<p>Oak &amp; ash</p><p>Oiled</p>', 'Oak & ash\n\nOiled'],
    ['One<br/>two', 'One\ntwo'],
    ['a<script>if (a < b) { "</p>" }</script>b<STYLE>p{}</style >c', 'abc'],
    ['<a title="a > b" href=x>Link</a>', 'Link'],
    ['&lt;p&gt;Twice &amp;amp; more&lt;/p&gt;', 'Twice & more'],
    ['5 &lt; 6, 7 < 8, <3', '5 < 6, 7 < 8, <3'],
    ['R&D, &copy2 and &nosuch;', 'R&D, &copy2 and &nosuch;'],
    ['a<!-- hidden > --> b', 'a b'],
    ['cut <script>here', 'cut'],
    ['A red <shirt>, plug <USB-C> & <type c>', 'A red <shirt>, plug <USB-C> & <type c>'],
    ['<o:p>Oak</o:p> <FONT size="2">tray</FONT>', 'Oak tray'],
    ['<my-card>Oak</my-card> <Widget id="3">tray', 'Oak tray'],
    ['<svg viewBox="0 0 1 1"><title>icon</title><path d="M0"/></svg>Oak', 'Oak'],
    ['Cable <Lightning to USB>, <MyBrand> socks', 'Cable <Lightning to USB>, <MyBrand> socks'],
    ['20&nbsp;cm\u00a0wide', '20 cm wide'],
    ['  Three\n\n\n\nlines  ', 'Three\n\nlines'],
  ])('reads %j', (written, text) => expect(plainText(written)).toBe(text));

  it('takes no time for text that is made to look like tags', () => {
    for (const unit of ['<a ', '<x>', '</x', '<x y=', '<script>', '<!--', '<a "', '&lt;', '<']) {
      const started = performance.now();
      plainText(unit.repeat(30_000));
      expect(performance.now() - started, unit).toBeLessThan(2_000);
    }
  });
});

describe('plainLine', () => {
  it('makes one line', () => {
    expect(plainLine(' Oak<br>tray \n &eacute;')).toBe('Oak tray é');
    expect(plainLine(' Oak ')).toBe('Oak');
  });
});
