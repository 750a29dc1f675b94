import { describe, expect, it } from 'vitest';
import { CellStrip, selectedOf, type Edit } from '../../client/src/common/cellStrip';

const range = (line: number, start: number, end: number) => ({
  start: { line, character: start },
  end: { line, character: end },
});

/** 0: `1: {a: , b: , c: 2}`, 1: `2: {a: , b: 自动}`, 2: `3: 5`; asked from b of the first row. */
const TEXT = ['1: {a: , b: , c: 2}', '2: {a: , b: 自动}', '3: 5'];
const CELLS = [range(0, 6, 7), range(0, 11, 12), range(0, 16, 18), range(1, 6, 7), range(2, 2, 4)];
const strip = new CellStrip({ cells: CELLS, at: 1, isCell: true });

/** A text that is typed and the cells that are known, as an editor has them. */
class Typing {
  constructor(
    private readonly lines: string[],
    private strip: CellStrip | undefined,
    private selection = range(0, 12, 12),
  ) {}

  type(text: string): this {
    for (const char of text) this.edit({ range: this.selection, text: char });
    return this;
  }

  edit({ range: { start, end }, text }: Edit): this {
    const line = this.lines[start.line]!;
    this.strip = this.strip?.edited({ range: { start, end }, text });
    this.lines[start.line] = line.slice(0, start.character) + text + line.slice(end.character);
    this.selection = range(
      start.line,
      start.character + text.length,
      start.character + text.length,
    );
    return this;
  }

  tab(direction: 'next' | 'previous' = 'next'): this {
    const cell = this.strip?.beside(this.selection.start, direction);
    if (!cell) throw new Error('no cell is known');
    const { line, character } = cell.start;
    this.selection = selectedOf(cell, this.lines[line]!.slice(character, cell.end.character));
    return this;
  }

  get text(): string[] {
    return this.lines;
  }
}

const typing = () => new Typing([...TEXT], strip);

describe('cells that are known', () => {
  it('are gone through while figures are typed, without the server', () => {
    const typed = typing().type('3180.20').tab().type('10.00').tab().type('7').tab().type('8');
    expect(typed.text).toEqual(['1: {a: , b: 3180.20, c: 10.00}', '2: {a: 7, b: 自动}', '3: 8']);
  });

  it('are gone back through to figures of another length', () => {
    const typed = typing().type('3180.20').tab().type('10.00').tab('previous').type('4').tab();
    expect(typed.type('6').tab('previous').tab('previous').type('1').text).toEqual([
      '1: {a: 1, b: 4, c: 6}',
      ...TEXT.slice(1),
    ]);
  });

  it('keep their places while digits are taken back', () => {
    const typed = typing()
      .type('35')
      .edit({ range: range(0, 13, 14), text: '' });
    expect(typed.tab().type('9').text[0]).toBe('1: {a: , b: 3, c: 9}');
  });

  it.each<[string, Edit]>([
    ['a new line', { range: range(0, 12, 12), text: '\n' }],
    ['a cell more', { range: range(0, 12, 12), text: 'd: ' }],
    ['the end of a row', { range: range(0, 12, 12), text: '}' }],
    ['a comment', { range: range(0, 12, 12), text: '#' }],
    ['what is deleted over a comma', { range: range(0, 12, 16), text: '' }],
    ['an edit between cells', { range: range(1, 3, 3), text: '0' }],
  ])('are known no more after %s', (_, edit) => {
    expect(strip.edited(edit)).toBeUndefined();
  });

  it('are known around the place that was asked about only as far as they can be', () => {
    expect(strip.isAround({ line: 0, character: 12 })).toBe(true);
    expect(strip.isAround({ line: 0, character: 17 })).toBe(false);
    expect(strip.isAround({ line: 0, character: 2 })).toBe(false);
    expect(strip.beside({ line: 0, character: 2 }, 'next')).toBeUndefined();
    expect(strip.beside({ line: 2, character: 4 }, 'next')).toBeUndefined();
  });

  it('do not lead to the place that was asked about where that is left to the server', () => {
    const from = new CellStrip({ cells: CELLS, at: 1, isCell: false });
    expect(from.beside(CELLS[1]!.end, 'next')).toEqual(CELLS[2]);
    expect(from.beside(CELLS[0]!.end, 'next')).toEqual(CELLS[2]);
    expect(from.beside(CELLS[2]!.end, 'previous')).toEqual(CELLS[0]);
  });
});

describe('what is selected of a cell', () => {
  it.each([
    ['  5.00 ', '5.00'],
    [' "1,000.00"', '1,000.00'],
    [' null', 'null'],
    [' ""', ''],
    ['   ', ''],
    ['', ''],
  ])('%j', (text, selected) => {
    const { start, end } = selectedOf(range(0, 0, text.length), text);
    expect(text.slice(start.character, end.character)).toBe(selected);
  });

  it('of a blank is the place behind one blank', () => {
    expect(selectedOf(range(0, 4, 7), '   ')).toEqual(range(0, 5, 5));
    expect(selectedOf(range(0, 4, 4), '')).toEqual(range(0, 4, 4));
  });
});
