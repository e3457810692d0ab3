import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION, parseConfiguration } from '../../../src/evaluation/configuration.ts';

describe('parseConfiguration', () => {
  it('reads settings and leaves the others as they are', () => {
    expect(parseConfiguration('words=off')).toEqual({ ...DEFAULT_CONFIGURATION, name: 'words=off', words: 'OFF' });
    expect(parseConfiguration('filter=category, text=0.5,picture=-1,model=clip')).toEqual({
      ...DEFAULT_CONFIGURATION,
      name: 'filter=category, text=0.5,picture=-1,model=clip',
      model: 'clip',
      filterByCategory: true,
      textWeight: 0.5,
      pictureWeight: -1,
    });
  });

  it.each([
    ['', '--compare: expected settings like words=off,filter=category (words, filter, model, text, picture), found ""'],
    ['colour=red', 'found "colour=red"'],
    ['words=off=on', 'found "words=off=on"'],
    ['toString=1', 'found "toString=1"'],
    ['words=maybe', '--compare words: expected auto, off or only, found "maybe"'],
    ['words=constructor', '--compare words: expected auto, off or only, found "constructor"'],
    ['filter=yes', '--compare filter: expected off or category, found "yes"'],
    ['model=', '--compare model: expected the name of a model, found ""'],
    ['text=0', '--compare text: expected a weight, -1 to 1 and not 0, found "0"'],
    ['text=', '--compare text: expected a weight, -1 to 1 and not 0, found ""'],
    ['picture=2', '--compare picture: expected a weight, -1 to 1 and not 0, found "2"'],
    ['picture=NaN', '--compare picture: expected a weight, -1 to 1 and not 0, found "NaN"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseConfiguration(text)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) }),
    );
  });
});
